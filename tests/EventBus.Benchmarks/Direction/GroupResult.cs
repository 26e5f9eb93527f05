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

/// <summary>The runs of all contenders of a group in one round, by name. A contender that failed has none.</summary>
internal sealed class Round
{
    private readonly Dictionary<string, Sample> _samples = [];

    public IReadOnlyDictionary<string, Sample> Samples => _samples;

    public void Add(string candidate, Sample sample) => _samples.Add(candidate, sample);

    /// <returns>Null if the run is missing, had foreign load or did not measure it.</returns>
    public double? FindClean(string candidate, Metric metric) =>
        _samples.TryGetValue(candidate, out var sample) && sample.IsClean ? sample.Find(metric) : null;
}

/// <summary>The measurements of one run of a contender.</summary>
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

/// <summary>The median, the least and the greatest of some values.</summary>
internal readonly record struct Spread(int Count, double Median, double Least, double Greatest)
{
    /// <param name="values">The values; null is none.</param>
    public static Spread Of(IEnumerable<double?> values)
    {
        double[] sorted = [.. values.OfType<double>().Where(double.IsFinite).Order()];
        if (sorted.Length == 0)
            return default;
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted.Length, median, sorted[0], sorted[^1]);
    }
}
