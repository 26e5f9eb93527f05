namespace EventBus.Benchmarks.Direction;

/// <summary>What one run of a contender measured.</summary>
/// <param name="Values">The measured quantities.</param>
/// <param name="Foreign">The share of the machine that other processes took meanwhile.</param>
internal sealed record Sample(IReadOnlyDictionary<Metric, double> Values, double Foreign)
{
    /// <summary>A run with more foreign load is repeated, and in the end left out.</summary>
    public const double MostForeign = 0.1;

    public bool IsClean => Foreign <= MostForeign;

    /// <returns>Null if the run did not measure it.</returns>
    public double? Find(Metric metric) => Values.TryGetValue(metric, out var value) ? value : null;
}
