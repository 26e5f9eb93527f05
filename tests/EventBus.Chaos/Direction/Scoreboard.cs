namespace EventBus.Chaos.Direction;

/// <summary>The table of promises. Each row is printed as soon as it is measured, and all again at the end.</summary>
internal sealed class Scoreboard
{
    private readonly List<(string Promise, string Wanted, string Measured, bool? IsOk)> _rows = [];

    public void Add(string promise, string wanted, string measured, bool isOk) => Add((promise, wanted, measured, isOk));

    public void Skip(string promise, string wanted, string cause) => Add((promise, wanted, cause, null));

    /// <summary>Adds a measured time, which may be at most a limit; not a number means that the event did not come.</summary>
    public void AddTime(string promise, double milliseconds, double limit, Calibration calibration, string details = "") => Add(
        promise,
        $"<= {limit:N0} ms",
        double.IsNaN(milliseconds)
            ? "never"
            : $"{milliseconds:N0} ms (limit here {calibration.Extend(limit):N0} ms: a connect takes {calibration.Connect:N0} ms){details}",
        milliseconds <= calibration.Extend(limit));

    /// <returns>Whether nothing failed.</returns>
    public bool Print()
    {
        Console.WriteLine();
        Console.WriteLine("| promise | wanted | measured | ok |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var row in _rows)
            Console.WriteLine($"| {row.Promise} | {row.Wanted} | {row.Measured} | {Mark(row.IsOk)} |");
        Console.WriteLine();
        var (passed, failed) = (_rows.Count(static row => row.IsOk == true), _rows.Count(static row => row.IsOk == false));
        Console.WriteLine($"{passed} passed, {failed} failed, {_rows.Count - passed - failed} skipped");
        return failed == 0;
    }

    private void Add((string Promise, string Wanted, string Measured, bool? IsOk) row)
    {
        _rows.Add(row);
        Console.WriteLine($"{Mark(row.IsOk),-4} {row.Promise}: wanted {row.Wanted}; measured {row.Measured}");
    }

    private static string Mark(bool? isOk) => isOk switch
    {
        true => "yes",
        false => "NO",
        null => "-",
    };
}
