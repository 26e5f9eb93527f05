namespace EventBus.Benchmarks.Direction;

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
