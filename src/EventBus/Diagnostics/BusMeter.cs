using System.Diagnostics.Metrics;

namespace EventBus.Diagnostics;

/// <summary>
/// The meter of one bus or publisher. Several of one name in a process are numbered by a tag: OpenTelemetry adds up meters that are equal,
/// and ends the measurements of all of them when one is disposed.
/// </summary>
/// <remarks>
/// The number is the least that is free, so a bus that is created again continues the time series of the one before. The first bus of a
/// name has no number, because nearly always there is no other.
/// </remarks>
internal sealed class BusMeter : IDisposable
{
    private const string NameTag = "eventbus.name";
    private const string InstanceTag = "eventbus.instance";

    private static readonly Lock Lock = new();
    private static readonly HashSet<(string? Name, int Instance)> Used = [];

    private readonly (string? Name, int Instance) _key;
    private bool _isDisposed;

    /// <param name="name">The name of the bus among several of a process; null: it has none.</param>
    public BusMeter(string? name)
    {
        _key = Reserve(name);
        List<KeyValuePair<string, object?>> tags = [];
        if (name is not null)
            tags.Add(new(NameTag, name));
        if (_key.Instance > 1)
            tags.Add(new(InstanceTag, _key.Instance));
        Meter = new Meter(new MeterOptions(BusDiagnostics.MeterName) { Version = BusTraces.Version, Tags = tags });
    }

    public Meter Meter { get; }

    public void Dispose()
    {
        Meter.Dispose();
        lock (Lock)
        {
            if (!_isDisposed)
                Used.Remove(_key);
            _isDisposed = true;
        }
    }

    private static (string? Name, int Instance) Reserve(string? name)
    {
        lock (Lock)
        {
            var instance = 1;
            while (!Used.Add((name, instance)))
                instance++;
            return (name, instance);
        }
    }
}
