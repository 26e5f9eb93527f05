namespace EventBus.Benchmarks.Direction;

/// <summary>A wanted number.</summary>
/// <param name="Name">The quantity in words.</param>
/// <param name="Wanted">The limit.</param>
/// <param name="IsLeast">Whether the limit is the least value; otherwise the most.</param>
/// <param name="Measure">Computes the value within a round; null if a run that it needs is missing or had foreign load.</param>
internal sealed record Goal(string Name, double Wanted, bool IsLeast, Func<Round, double?> Measure)
{
    /// <summary>One contender in relation to another.</summary>
    public static Goal Ratio(string name, double wanted, string candidate, string reference, Metric metric, bool isLeast = true) =>
        new(name, wanted, isLeast, round => round.FindClean(candidate, metric) / round.FindClean(reference, metric));

    /// <summary>One contender, less another.</summary>
    public static Goal MostBeyond(string name, double wanted, string candidate, string reference, Metric metric) =>
        new(name, wanted, false, round => round.FindClean(candidate, metric) - round.FindClean(reference, metric));

    public static Goal Most(string name, double wanted, string candidate, Metric metric) =>
        new(name, wanted, false, round => round.FindClean(candidate, metric));

    public bool IsMet(double value) => IsLeast ? value >= Wanted : value <= Wanted;
}
