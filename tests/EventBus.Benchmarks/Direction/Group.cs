namespace EventBus.Benchmarks.Direction;

/// <summary>Contenders that are measured in turn within a round, and the goals for their results.</summary>
/// <param name="Name">The name on the command line.</param>
/// <param name="Title">What is measured, for the report.</param>
/// <param name="Candidates">The contenders; ratios in the table are to the first one.</param>
/// <param name="Columns">The quantities of the table.</param>
/// <param name="Goals">The goals.</param>
internal sealed record Group(
    string Name, string Title, IReadOnlyList<Candidate> Candidates, IReadOnlyList<Metric> Columns, IReadOnlyList<Goal> Goals)
{
    /// <summary>The group with those contenders whose name has this text.</summary>
    public Group Only(string text) =>
        this with { Candidates = [.. Candidates.Where(candidate => candidate.Name.Contains(text, StringComparison.OrdinalIgnoreCase))] };
}
