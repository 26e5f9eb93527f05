namespace EventBus.Transport;

/// <summary>Calls back when an event has arrived in a bus namespace. Events of this node count, too. Thread-safe.</summary>
/// <remarks>Nearly always nobody watches, and then an arrival costs one comparison.</remarks>
internal sealed class EventArrivals
{
    private readonly Lock _lock = new();
    private (string Namespace, Action Arrived)[] _watches = [];

    /// <summary>Adds a callback, which must be quick and must not throw.</summary>
    public void Watch(string busNamespace, Action arrived)
    {
        lock (_lock)
            Volatile.Write(ref _watches, [.. _watches, (busNamespace, arrived)]);
    }

    /// <summary>An event has arrived.</summary>
    public void Arrived(string busNamespace)
    {
        foreach (var (watched, arrived) in Volatile.Read(ref _watches))
        {
            if (watched == busNamespace)
                arrived();
        }
    }

    /// <summary>Events may have arrived in any namespace.</summary>
    public void MayHaveArrived()
    {
        foreach (var (_, arrived) in Volatile.Read(ref _watches))
            arrived();
    }
}
