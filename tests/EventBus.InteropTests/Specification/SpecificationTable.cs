using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using EventBus.InteropTests.Docs;
using EventBus.InteropTests.Specification;

[assembly: AssemblyFixture(typeof(SpecificationTable))]

namespace EventBus.InteropTests.Specification;

/// <summary>
/// The results of every scenario in every position, which are written to <c>artifacts/specification.txt</c> at the end of the run.
/// </summary>
public sealed class SpecificationTable : IAsyncDisposable
{
    private const string NotRun = "";

    private readonly ConcurrentDictionary<(string Title, string Position), (bool Held, TimeSpan Time)> _results = [];

    internal void Add(Scenario scenario, Position position, bool held, TimeSpan time) =>
        _results[(scenario.Title, position.Name)] = (held, time);

    public async ValueTask DisposeAsync()
    {
        if (_results.IsEmpty)
            return;
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "specification.txt"), Print());
    }

    private string Print()
    {
        Position[] positions =
        [
            .. typeof(Positions)
                .GetNestedTypes()
                .Select(static type => new Position(type.Name))
                .Where(position => _results.Keys.Any(key => key.Position == position.Name)),
        ];
        var reasons = new List<string>();
        var rows = Scenario.All
            .Select(
                scenario =>
                    (string[])[scenario.Title, .. positions.Select(position => Cell(scenario, position, reasons)), Longest(scenario)])
            .Where(static row => row.Skip(1).Any(static cell => cell != NotRun))
            .Prepend(["scenario", .. positions.Select(static position => position.Name), "longest"])
            .ToArray();
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();

        var text = new StringBuilder();
        foreach (var row in rows)
            text.AppendJoin("  ", row.Select(Pad)).Append('\n');
        text.Append(
            "\nA position is four roles, the sender first: M .NET node in memory, D .NET node over PostgreSQL, N Socket.IO server, "
            + "P .NET publisher, E Socket.IO emitter.\n");
        for (var reason = 0; reason < reasons.Count; reason++)
            text.Append(CultureInfo.InvariantCulture, $"–{reason + 1} skipped: {reasons[reason]}.\n");
        var held = _results.Values.Count(static result => result.Held);
        text.Append(CultureInfo.InvariantCulture, $"{held} passed, {_results.Count - held} failed.\n");
        return text.ToString();

        string Pad(string cell, int column) =>
            column == widths.Length - 1 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]);
    }

    private string Cell(Scenario scenario, Position position, List<string> reasons)
    {
        if (_results.TryGetValue((scenario.Title, position.Name), out var result))
            return result.Held ? "✓" : "✗";
        if (scenario.WhyNotIn(position) is not { } reason)
            return NotRun;
        if (!reasons.Contains(reason))
            reasons.Add(reason);
        return string.Create(CultureInfo.InvariantCulture, $"–{reasons.IndexOf(reason) + 1}");
    }

    private string Longest(Scenario scenario)
    {
        var times = _results.Where(result => result.Key.Title == scenario.Title)
            .Select(static result => result.Value.Time.TotalMilliseconds)
            .ToArray();
        return times.Length == 0 ? NotRun : string.Create(CultureInfo.InvariantCulture, $"{times.Max():F0} ms");
    }
}
