using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace EventBus.Diagnostics;

/// <summary>A histogram. Without a listener, <see cref="IsEnabled"/> is false, and nothing needs to be measured. Thread-safe.</summary>
/// <param name="meter">The meter; null: nothing is measured.</param>
/// <param name="logger">Reports a listener that throws.</param>
/// <param name="name">The name.</param>
/// <param name="unit">The unit, as OpenTelemetry writes it.</param>
/// <param name="description">The description.</param>
/// <param name="boundaries">The boundaries of the buckets, unless the application has chosen others.</param>
internal sealed class Distribution<T>(
    Meter? meter, GuardedLogger logger, string name, string unit, string description, params T[] boundaries)
    where T : struct
{
    private readonly Histogram<T>? _instrument = meter?.CreateHistogram(
        name, unit, description, tags: null, new InstrumentAdvice<T> { HistogramBucketBoundaries = boundaries });

    public bool IsEnabled => _instrument is { Enabled: true };

    public void Record(T value, in TagList tags)
    {
        try
        {
            _instrument?.Record(value, in tags);
        }
        catch (Exception exception) // As in Counter.
        {
            logger.Report(exception);
        }
    }
}
