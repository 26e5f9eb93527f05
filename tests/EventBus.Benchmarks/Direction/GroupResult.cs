namespace EventBus.Benchmarks.Direction;

/// <summary>The rounds of a group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Rounds">The rounds, in their order.</param>
/// <param name="Failures">The runs that failed: the contender and the reason.</param>
internal sealed record GroupResult(Group Group, IReadOnlyList<Round> Rounds, IReadOnlyList<string> Failures)
{
    /// <summary>The values of one contender in all clean runs.</summary>
    public Spread Of(string candidate, Metric metric) => Spread.Of(Rounds.Select(round => round.FindClean(candidate, metric)));

    /// <summary>The values of one contender in relation to the first one of the group, within each round.</summary>
    public Spread RelativeToFirst(string candidate, Metric metric) => Spread.Of(
        Rounds.Select(round => round.FindClean(candidate, metric) / round.FindClean(Group.Candidates[0].Name, metric)));

    /// <summary>How many runs of a contender had foreign load in each try.</summary>
    public int CountDirty(string candidate) =>
        Rounds.Count(round => round.Samples.TryGetValue(candidate, out var sample) && !sample.IsClean);
}
