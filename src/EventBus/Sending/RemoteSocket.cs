namespace EventBus;

/// <summary>A handle to a socket, on this node or another: what it was when it was fetched, and the way to it. Thread-safe.</summary>
public sealed class RemoteSocket
{
    private readonly BroadcastTarget _target;

    internal RemoteSocket(IBroadcaster broadcaster, string id, EventValue handshake, IReadOnlyCollection<string> rooms, EventValue data)
    {
        _target = new BroadcastTarget(broadcaster) { Rooms = RoomSet.Of(id), Flags = new BroadcastFlags(ExpectSingleResponse: true) };
        Id = id;
        Handshake = handshake;
        Rooms = rooms;
        Data = data;
    }

    /// <summary>The id, which is also the name of a room that only this socket is in.</summary>
    public string Id { get; }

    /// <summary>What its client said when it connected: a map, empty where there is nothing to tell or <see cref="EventBusOptions.RedactHandshakes"/> is set.</summary>
    public EventValue Handshake { get; }

    /// <summary>The rooms it was in, its own id among them.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Its data; an empty map where it had none.</summary>
    public EventValue Data { get; }

    private INodeBroadcaster Broadcaster => (INodeBroadcaster)_target.Broadcaster;

    /// <summary>Sends it an event; completes when PostgreSQL has committed it.</summary>
    /// <inheritdoc cref="BroadcastOperator.EmitAsync"/>
    public ValueTask EmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Broadcaster.EmitAsync(_target, eventName, arguments, cancellationToken);

    /// <summary>Sends it an event and waits for its answer.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="timeout">How long to wait for the answer. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TimeoutException">It has not answered in time.</exception>
    /// <exception cref="EventBusClosedException">It has left its namespace, or its node the cluster; or the bus was stopped.</exception>
    /// <exception cref="EventNotSentException">It does not receive the event, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may receive the event.</exception>
    public async ValueTask<EventValue> EmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        var acks = await Broadcaster.EmitWithAckAsync(_target, eventName, arguments, timeout, cancellationToken).ConfigureAwait(false);
        if (acks.Responses.Count > 0)
            return acks.Responses[0];
        throw acks.IsTimedOut
            ? new TimeoutException($"The socket '{Id}' has not answered '{eventName}' in time.")
            : new EventBusClosedException($"The socket '{Id}' has left, so it does not answer '{eventName}'.");
    }

    /// <summary>Has it join rooms; completes when PostgreSQL has committed it. Every event emitted on this node afterwards finds it there.</summary>
    /// <exception cref="EventNotSentException">It does not join them, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may join them.</exception>
    public ValueTask JoinAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Broadcaster.SocketsJoinAsync(_target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Has it leave rooms; completes when PostgreSQL has committed it.</summary>
    /// <exception cref="EventNotSentException">It does not leave them, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may leave them.</exception>
    public ValueTask LeaveAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Broadcaster.SocketsLeaveAsync(_target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Disconnects it; completes when PostgreSQL has committed it.</summary>
    /// <param name="close">Whether a Socket.IO server closes the client's connection as well. A socket of a .NET node has none.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="EventNotSentException">It stays connected, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may be disconnected.</exception>
    public ValueTask DisconnectAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Broadcaster.DisconnectSocketsAsync(_target, close, cancellationToken);
}
