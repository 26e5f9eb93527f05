using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>A local socket: its handlers, and the queue in front of them.</summary>
internal sealed class Socket : LocalSocket
{
    private readonly SocketQueue _queue;
    private readonly BusDiagnostics _diagnostics;
    private readonly CancellationToken _stop;
    private readonly Lock _lock = new();
    private SocketHandler[] _handlers = [];
    private EventValue _data;
    private bool _left;

    public Socket(
        string id,
        string busNamespace,
        EventValue data,
        ReceivePressure pressure,
        BusDiagnostics diagnostics,
        CancellationToken stop = default)
    {
        Id = id;
        Namespace = busNamespace;
        _data = data;
        _diagnostics = diagnostics;
        _stop = stop;
        _queue = new SocketQueue(id, pressure, diagnostics);
    }

    public override event Action? Disconnected;

    public override string Id { get; }

    public override string Namespace { get; }

    public override IReadOnlyCollection<string> Rooms => Registry?.RoomsOf(this) ?? [];

    public override bool IsConnected => !Volatile.Read(ref _left);

    public override EventValue Data
    {
        get
        {
            lock (_lock)
                return _data;
        }

        set
        {
            lock (_lock)
                _data = value;
        }
    }

    /// <summary>What its peer said when it connected.</summary>
    internal EventValue Handshake { get; init; }

    /// <summary>Where it has connected; null before. Set by the registry.</summary>
    internal RoomRegistry? Registry { get; set; }

    /// <summary>Whether it has left, and handed over all that it took before.</summary>
    internal bool IsDone => _queue.IsDone;

    /// <summary>The rooms it is in. Owned by the registry and guarded by its lock.</summary>
    internal HashSet<string> JoinedRooms { get; } = new(StringComparer.Ordinal);

    /// <summary>The last selection that saw it. Owned by the registry and guarded by its lock.</summary>
    internal int SeenBySelection { get; set; }

    public override void Handle<TContract>(TContract handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new ContractHandler<TContract>(handler, _stop));
    }

    public override void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        Add(new NamedHandler(eventName, handler));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new AnyHandler(handler));
    }

    public override void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        Add(new AckHandler(eventName, (_, arguments) => handler(arguments)));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new AckHandler(eventName: null, handler));
    }

    public override void On(string eventName, Func<IReadOnlyList<EventValue>, EventAck?, ValueTask> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        Add(new AskedHandler(eventName, (_, arguments, ack) => handler(arguments, ack)));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new AskedHandler(eventName: null, handler));
    }

    public override ValueTask JoinAsync(params IReadOnlyList<string> rooms)
    {
        if (Registry is not { } registry)
            throw new InvalidOperationException($"The socket '{Id}' has not connected yet: name its rooms in the options that it connects with.");
        registry.Join(this, rooms);
        return ValueTask.CompletedTask;
    }

    public override ValueTask LeaveAsync(params IReadOnlyList<string> rooms)
    {
        Registry?.Leave(this, rooms);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        var first = !Interlocked.Exchange(ref _left, true);
        Registry?.Remove(this);
        await _queue.CompleteAsync().ConfigureAwait(false);
        if (first)
            _diagnostics.Raise(Disconnected);
    }

    /// <summary>Queues the packet for each handler that takes it; true where at least one did.</summary>
    internal bool Deliver(ref PacketDelivery delivery, PendingAck? ack = null)
    {
        var taken = false;
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            if (handler.Takes(delivery.EventName) && delivery.DecodedBy(handler.Decoder) is { } decoded)
                taken |= _queue.TryEnqueue(handler, decoded, delivery.Size, delivery.CanWait, ack);
        }

        return taken;
    }

    private void Add(SocketHandler handler)
    {
        lock (_lock)
            Volatile.Write(ref _handlers, [.. _handlers, handler]);
    }
}
