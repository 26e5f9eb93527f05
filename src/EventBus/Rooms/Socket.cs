using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>A socket of this process: its handlers, and the queue of the events that they have not handled yet.</summary>
internal sealed class Socket : LocalSocket
{
    private const int IsHere = -1;

    private readonly SocketQueue _queue;
    private readonly HandlerWait _wait;
    private readonly BusDiagnostics _diagnostics;
    private readonly CancellationToken _stop;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly List<PendingAck> _openAcks = [];
    private SocketHandler[] _handlers = [];
    private EventValue _data;
    private int _reason = IsHere; // else a SocketDisconnectReason

    public Socket(
        string id,
        string busNamespace,
        EventValue data,
        ReceivePressure pressure,
        HandlerWait wait,
        BusDiagnostics diagnostics,
        SlowSocketPolicy policy = SlowSocketPolicy.WaitThenDropNewest,
        CancellationToken stop = default)
    {
        Id = id;
        Namespace = busNamespace;
        _data = data;
        _wait = wait;
        _diagnostics = diagnostics;
        _stop = stop;
        _queue = new SocketQueue(
            id,
            pressure,
            diagnostics,
            policy,
            policy is SlowSocketPolicy.Disconnect ? () => Disconnect(SocketDisconnectReason.QueueFull) : null);
    }

    public override event Action? Disconnected;

    public override string Id { get; }

    public override string Namespace { get; }

    public override IReadOnlyCollection<string> Rooms => Registry?.RoomsOf(this) ?? [];

    public override bool IsConnected => Volatile.Read(ref _reason) == IsHere;

    public override SocketDisconnectReason? DisconnectReason =>
        Volatile.Read(ref _reason) is not IsHere and var reason ? (SocketDisconnectReason)reason : null;

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

    /// <summary>The handshake that other nodes see when they fetch sockets.</summary>
    internal EventValue Handshake { get; init; }

    /// <summary>Whether other nodes may make it join and leave rooms, and disconnect it.</summary>
    internal bool IsManagedRemotely { get; init; }

    /// <summary>Called when the bus disconnects it: a node, this one included, has requested it, or its queue is full.</summary>
    internal Action<SocketDisconnectReason>? DisconnectedByBus { get; set; }

    /// <summary>The registry of its namespace; null before it has connected. Set by the registry.</summary>
    internal RoomRegistry? Registry { get; set; }

    /// <summary>The number of events that wait for its handlers.</summary>
    internal int Waiting => _queue.Waiting;

    /// <summary>Whether it has left, its handlers are done, and <see cref="Disconnected"/> was raised.</summary>
    internal bool IsDone => _ended.Task.IsCompleted;

    /// <summary>The name of its handler that runs; null if it is done.</summary>
    internal string? Running => IsDone ? null : _queue.Running ?? $"a subscriber of 'Disconnected' of socket {Id}";

    /// <summary>The rooms that it is in. Owned by the registry and guarded by its lock.</summary>
    internal HashSet<string> JoinedRooms { get; } = new(StringComparer.Ordinal);

    /// <summary>The number of the last selection that excluded or selected it. Owned by the registry and guarded by its lock.</summary>
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
        Add(new UntypedHandler(eventName, (_, arguments, _) => handler(arguments)));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new UntypedHandler(eventName: null, (name, arguments, _) => handler(name, arguments)));
    }

    public override void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        Add(UntypedHandler.Acknowledge(eventName, (_, arguments) => handler(arguments)));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(UntypedHandler.Acknowledge(eventName: null, handler));
    }

    public override void On(string eventName, Func<IReadOnlyList<EventValue>, EventAck?, ValueTask> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        ArgumentNullException.ThrowIfNull(handler);
        Add(new UntypedHandler(eventName, (_, arguments, ack) => handler(arguments, ack)));
    }

    public override void OnAny(Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Add(new UntypedHandler(eventName: null, handler));
    }

    public override ValueTask JoinAsync(params IReadOnlyList<string> rooms)
    {
        if (Registry is not { } registry)
            throw new InvalidOperationException($"The socket '{Id}' has not connected yet. Set its rooms in the options to connect with.");
        return registry.TryJoin(this, rooms)
            ? ValueTask.CompletedTask
            : ValueTask.FromException(
                new EventBusClosedException($"The socket '{Id}' has left its namespace, so it cannot join a room."));
    }

    public override ValueTask LeaveAsync(params IReadOnlyList<string> rooms)
    {
        Registry?.Leave(this, rooms);
        return ValueTask.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        var ended = Leave();

        // Two handlers may dispose each other's socket.
        return HandlerRun.IsInside ? ValueTask.CompletedTask : new ValueTask(_wait.ForAsync(ended, FindRunning));
    }

    /// <summary>
    /// Leaves the namespace. The socket is out when the call returns; the task completes when its handlers are done, which may be never.
    /// </summary>
    /// <param name="reason">The reason, unless it has left before.</param>
    internal Task Leave(SocketDisconnectReason reason = SocketDisconnectReason.Disposed)
    {
        var isFirst = Interlocked.CompareExchange(ref _reason, (int)reason, IsHere) == IsHere;
        Registry?.Remove(this);
        var handled = _queue.CompleteAsync();
        if (!isFirst)
            return _ended.Task;

        // The pump does not call subscribers. EndAsync cannot fail, and ends with _ended.
        if (PumpCall.IsCurrent)
            ThreadPool.UnsafeQueueUserWorkItem(state => _ = EndAsync(handled), state: null);
        else
            _ = HandlerRun.CallOutside(() => EndAsync(handled));
        return _ended.Task;
    }

    /// <summary>Disconnects it on behalf of the bus.</summary>
    internal void Disconnect(SocketDisconnectReason reason)
    {
        var wasConnected = IsConnected;
        Leave(reason);
        if (wasConnected)
            DisconnectedByBus?.Invoke(reason);
    }

    /// <inheritdoc cref="SocketQueue.FindHandler"/>
    internal string? FindHandler(bool holdingThread) => _queue.FindHandler(holdingThread);

    /// <summary>Whether it has a handler of any event.</summary>
    internal bool HasHandlers => Volatile.Read(ref _handlers).Length > 0;

    /// <summary>Whether it has a handler of an event.</summary>
    internal bool HasHandlerOf(ReadOnlySpan<byte> eventName)
    {
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            if (handler.Handles(eventName) && handler.Decoder.Knows(eventName))
                return true;
        }

        return false;
    }

    /// <summary>Queues the packet for each of its handlers; true if at least one accepted it.</summary>
    internal bool Deliver(ref PacketDelivery delivery, PendingAck? ack = null)
    {
        var isAccepted = false;
        if (ack is { IsOpen: true })
            Keep(ack);
        foreach (var handler in Volatile.Read(ref _handlers))
        {
            if (handler.Handles(delivery.EventName) && delivery.Decode(handler.Decoder) is { } decoded)
                isAccepted |= _queue.TryEnqueue(handler, decoded, delivery.Size, delivery.CanWait, ack, delivery.Trace);
        }

        return isAccepted;
    }

    private async Task EndAsync(Task handled)
    {
        await handled.ConfigureAwait(false);
        GiveUpAcks();
        _diagnostics.Raise(Disconnected);
        _ended.SetResult();
    }

    // A handler may never send an ack, so acks of ended requests are removed.
    private void Keep(PendingAck ack)
    {
        lock (_lock)
        {
            if (_openAcks.Count == _openAcks.Capacity)
                _openAcks.RemoveAll(static ack => !ack.IsOpen);
            _openAcks.Add(ack);
        }
    }

    private void GiveUpAcks()
    {
        PendingAck[] open;
        lock (_lock)
        {
            open = [.. _openAcks];
            _openAcks.Clear();
        }

        foreach (var ack in open)
            ack.GiveUp();
    }

    private IEnumerable<string> FindRunning() => Running is { } running ? [running] : [];

    /// <summary>Adds a handler.</summary>
    internal void Add(SocketHandler handler)
    {
        lock (_lock)
            Volatile.Write(ref _handlers, [.. _handlers, handler]);
    }
}
