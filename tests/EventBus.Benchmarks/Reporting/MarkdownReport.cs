using System.Text;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Reporting;

/// <summary>The results as Markdown: a table of goals, and a table for each group.</summary>
internal static class MarkdownReport
{
    public static string Describe(IReadOnlyList<GroupResult> results)
    {
        var text = new StringBuilder();
        AppendGoals(text, results);
        foreach (var result in results)
            AppendGroup(text, result);
        return text.ToString();
    }

    private static void AppendGoals(StringBuilder text, IReadOnlyList<GroupResult> results)
    {
        text.Append("| goal | wanted | median | least–greatest | rounds | |\n|---|--:|--:|--:|--:|---|\n");
        foreach (var result in results)
        {
            foreach (var goal in result.Group.Goals)
            {
                var spread = Spread.Of(result.Rounds.Select(goal.Measure));
                var wanted = $"{(goal.IsLeast ? "≥" : "≤")} {MetricText.Format(goal.Wanted)}";
                var (median, range) = (MetricText.Format(spread.Median), MetricText.Range(spread));
                text.Append($"| {goal.Name} | {wanted} | ");
                text.Append(spread.Count == 0
                    ? "– | – | 0 | not measured |\n"
                    : $"{median} | {range} | {spread.Count} | {Judge(goal, spread.Median)} |\n");
            }
        }
    }

    private static string Judge(Goal goal, double median)
    {
        if (goal.IsMet(median))
            return "met";
        var factor = goal.IsLeast ? goal.Wanted / median : median / goal.Wanted;
        return double.IsFinite(factor) ? $"missed by × {factor:0.00}" : "missed";
    }

    private static void AppendGroup(StringBuilder text, GroupResult result)
    {
        var (group, columns) = (result.Group, result.Group.Columns);
        text.Append($"\n## {group.Title}\n\n| | {string.Join(" | ", columns.Select(MetricText.Title))} | / first | other processes |\n");
        text.Append($"|---|{string.Concat(Enumerable.Repeat("--:|", columns.Count + 2))}\n");
        foreach (var candidate in group.Candidates)
        {
            var values = columns.Select(column => MetricText.Format(result.Of(candidate.Name, column)));
            var relative = MetricText.Format(result.RelativeToFirst(candidate.Name, columns[0]));
            text.Append($"| {candidate.Name} | {string.Join(" | ", values)} | {relative} | {DescribeForeign(result, candidate.Name)} |\n");
        }

        foreach (var failure in result.Failures)
            text.Append($"\n**Failed:** {failure.ReplaceLineEndings(" ")}\n");
    }

    /// <summary>The most foreign load of all rounds, and how many of them are left out because of it.</summary>
    private static string DescribeForeign(GroupResult result, string candidate)
    {
        var foreign = Spread.Of(result.Rounds.Select(round =>
            round.Samples.TryGetValue(candidate, out var sample) ? sample.Foreign : (double?)null));
        var dirty = result.CountDirty(candidate);
        return dirty == 0 ? $"{foreign.Greatest:P0}" : $"{foreign.Greatest:P0}; {dirty} of {result.Rounds.Count} rounds left out";
    }
}
