namespace EventBus.AotTests;

/// <summary>Prints the result of each check, and counts them.</summary>
internal sealed class Report
{
    private const string Passed = "pass: ";
    private const string Failed = "FAIL: ";

    private readonly Dictionary<string, string> _sentEvents = [];
    private int _passed;
    private int _failed;

    public bool HasFailed => _failed > 0;

    /// <summary>The events that were sent over PostgreSQL, by the name of the suite.</summary>
    public IReadOnlyDictionary<string, string> SentEvents => _sentEvents;

    public string Sum => $"{_passed} passed, {_failed} failed, 0 skipped";

    public async Task CheckAsync(string name, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception exception)
        {
            TryAdd($"{Failed}{name}: {OneLine(exception.ToString())}");
            return;
        }

        TryAdd(Passed + name);
    }

    public Task CheckAsync(string name, Action check) => CheckAsync(name, () =>
    {
        check();
        return Task.CompletedTask;
    });

    public void AddSent(string name, string events) => _sentEvents.Add(name, OneLine(events));

    /// <summary>Prints and counts a result of this process or of the other one.</summary>
    /// <returns>False if the line is no result.</returns>
    public bool TryAdd(string line)
    {
        if (line.StartsWith(Passed, StringComparison.Ordinal))
            _passed++;
        else if (line.StartsWith(Failed, StringComparison.Ordinal))
            _failed++;
        else
            return false;
        Console.WriteLine(line);
        return true;
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" | ");
}
