using System.Diagnostics.Metrics;

namespace EventBus.Diagnostics;

/// <summary>A number that only grows, readable here and published on a meter.</summary>
internal sealed class Counter(Meter? meter, GuardedLogger logger, string name, string unit, string description)
{
    private readonly Counter<long>? _instrument = meter?.CreateCounter<long>(name, unit, description);
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long count = 1)
    {
        Interlocked.Add(ref _value, count);
        try
        {
            _instrument?.Add(count);
        }
        catch (Exception exception) // A meter listener of the application may throw anything; the bus goes on.
        {
            logger.Report(exception);
        }
    }
}

/// <summary>A number that grows and shrinks, readable here and published on a meter.</summary>
internal sealed class Level(Meter? meter, GuardedLogger logger, string name, string unit, string description)
{
    private readonly UpDownCounter<long>? _instrument = meter?.CreateUpDownCounter<long>(name, unit, description);
    private long _value;

    public long Value => Interlocked.Read(ref _value);

    public void Add(long count)
    {
        Interlocked.Add(ref _value, count);
        try
        {
            _instrument?.Add(count);
        }
        catch (Exception exception) // As in Counter.
        {
            logger.Report(exception);
        }
    }
}
