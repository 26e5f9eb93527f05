using EventBus.Benchmarks.Direction;
using EventBus.Benchmarks.Groups;

namespace EventBus.Benchmarks.Reporting;

/// <summary>Writes the report into a folder: <c>results.md</c>, <c>results.json</c>, and a picture of the steady rates.</summary>
internal sealed class ReportFiles(string folder, Machine machine)
{
    public void Write(IReadOnlyList<GroupResult> results)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "results.md"), $"{machine}\n\n{MarkdownReport.Describe(results)}");
        File.WriteAllText(Path.Combine(folder, "results.json"), JsonReport.Describe(machine, results));
        if (results.FirstOrDefault(static result => result.Group.Name == EndToEnd.Steady.Name) is { } steady)
            DrawRates(steady);
    }

    private void DrawRates(GroupResult steady)
    {
        (string Name, Spread Spread, bool IsOwn)[] bars =
        [
            .. from candidate in steady.Group.Candidates
               let spread = steady.Of(candidate.Name, Metric.Rate)
               where spread.Count > 0
               orderby spread.Median descending
               select (candidate.Name, spread, candidate.Name.StartsWith("EventBus", StringComparison.Ordinal)),
        ];
        if (bars.Length > 0)
            File.WriteAllText(Path.Combine(folder, "steady.svg"), BarChart.Draw("Events per second, end to end", $"{machine}", bars));
    }
}
