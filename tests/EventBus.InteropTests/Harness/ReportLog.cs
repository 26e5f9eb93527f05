using System.Text.Json;

namespace EventBus.InteropTests.Harness;

/// <summary>The reports of a driven process in their order. A test can await further ones.</summary>
internal sealed class ReportLog
{
    private readonly Lock _lock = new();
    private readonly List<JsonElement> _reports = [];
    private readonly List<JsonElement> _results = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _end;

    /// <summary>The results that belong to no sent command.</summary>
    public IReadOnlyList<JsonElement> Results => Snapshot(_results);

    public IReadOnlyList<JsonElement> All => Snapshot(_reports);

    /// <summary>Waits until <paramref name="select"/> returns a value for the reports.</summary>
    public Task<T> WaitAsync<T>(Func<IReadOnlyList<JsonElement>, T?> select, CancellationToken cancellationToken)
        where T : class => WaitAsync(_reports, select, cancellationToken);

    /// <summary>Waits until <paramref name="select"/> returns a value for the results that belong to no command.</summary>
    public Task<T> WaitForResultsAsync<T>(Func<IReadOnlyList<JsonElement>, T?> select, CancellationToken cancellationToken)
        where T : class => WaitAsync(_results, select, cancellationToken);

    /// <summary>Waits for the first report of that kind that <paramref name="matches"/>.</summary>
    public async Task<JsonElement> WaitForAsync(
        string kind, Func<JsonElement, bool>? matches = null, CancellationToken cancellationToken = default)
    {
        var found = await WaitAsync(
            reports => reports.Where(report => IsOf(report, kind) && (matches is null || matches(report))).Take(1).ToArray()
                is { Length: 1 } first ? first : null,
            cancellationToken);
        return found[0];
    }

    public void Add(JsonElement report) => Add(_reports, report);

    public void AddResult(JsonElement result) => Add(_results, result);

    /// <summary>Fails all waits: there are no further reports.</summary>
    public void End(string reason)
    {
        lock (_lock)
        {
            _end = reason;
            WakeWaiters();
        }
    }

    public static bool IsOf(JsonElement report, string kind) => report.GetProperty("event").GetString() == kind;

    private async Task<T> WaitAsync<T>(
        List<JsonElement> list, Func<IReadOnlyList<JsonElement>, T?> select, CancellationToken cancellationToken)
        where T : class
    {
        while (true)
        {
            Task changed;
            string? end;
            lock (_lock)
            {
                changed = _changed.Task;
                end = _end;
            }

            if (select(Snapshot(list)) is { } found)
                return found;
            if (end is not null)
                throw new CommandFailedException("Ended", end);
            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Add(List<JsonElement> list, JsonElement line)
    {
        lock (_lock)
        {
            list.Add(line);
            WakeWaiters();
        }
    }

    private void WakeWaiters()
    {
        var changed = _changed;
        _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        changed.SetResult();
    }

    private JsonElement[] Snapshot(List<JsonElement> list)
    {
        lock (_lock)
            return [.. list];
    }
}
