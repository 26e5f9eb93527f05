namespace EventBus;

/// <summary>A handle to a socket on this node or another, with its state when it was fetched. Thread-safe.</summary>
public sealed class RemoteSocket
{
    private readonly IEventRequester _sender;
    private readonly BroadcastTarget _target;

    internal RemoteSocket(IEventRequester sender, string id, EventValue handshake, IReadOnlyCollection<string> rooms, EventValue data)
    {
        _sender = sender;
        _target = new BroadcastTarget { Rooms = RoomSet.Of(id), Flags = new BroadcastFlags(ExpectSingleResponse: true) };
        Id = id;
        Handshake = handshake;
        Rooms = rooms;
        Data = data;
    }

    /// <summary>The same socket, with another sender.</summary>
    internal RemoteSocket SentBy(IEventRequester sender) => new(sender, Id, Handshake, Rooms, Data);

    /// <summary>The id, which is also the name of a room that only this socket is in.</summary>
    public string Id { get; }

    /// <summary>
    /// The handshake of its client: a map, empty if there was none or <see cref="EventBusOptions.RedactHandshakes"/> is set.
    /// </summary>
    public EventValue Handshake { get; }

    /// <summary>The rooms it was in, its own id among them.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Its data; an empty map if it had none.</summary>
    public EventValue Data { get; }

    /// <summary>Sends it an event; completes when PostgreSQL has committed it.</summary>
    /// <inheritdoc cref="UntypedEventExtensions.EmitAsync"/>
    public ValueTask EmitAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        _sender.EmitAsync(_target, UntypedPacket.ForSockets(eventName, arguments), cancellationToken);

    /// <summary>Sends it an event and waits for its ack.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="timeout">How long to wait for the ack. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="TimeoutException">It has not acknowledged in time.</exception>
    /// <exception cref="EventBusClosedException">
    /// It has left its namespace, or its node the cluster; it has no handler for the event; or the bus was stopped.
    /// </exception>
    /// <exception cref="EventNotSentException">It does not receive the event, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may receive the event.</exception>
    public async ValueTask<EventValue> EmitWithAckAsync(
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        var packet = UntypedPacket.ForSockets(eventName, arguments);
        var acks = await _sender.EmitWithAckAsync(
            _target, packet, UntypedPacket.ReadAck, RequestTimeout.Checked(timeout), cancellationToken)
            .ConfigureAwait(false);
        if (acks.Responses.Count > 0)
            return acks.Responses[0];
        throw acks.IsTimedOut
            ? new TimeoutException($"The socket '{Id}' has not acknowledged '{eventName}' in time.")
            : new EventBusClosedException($"The socket '{Id}' has left before it acknowledged '{eventName}', or has no handler for it.");
    }

    /// <summary>
    /// Makes it join rooms; completes when PostgreSQL has committed it. Every event emitted on this node afterwards reaches it there.
    /// </summary>
    /// <remarks>
    /// It has an effect on a socket of another .NET node only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.
    /// </remarks>
    /// <exception cref="EventNotSentException">It does not join them, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may join them.</exception>
    public ValueTask JoinAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        _sender.SocketsJoinAsync(_target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Makes it leave rooms; completes when PostgreSQL has committed it.</summary>
    /// <remarks>
    /// It has an effect on a socket of another .NET node only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.
    /// </remarks>
    /// <exception cref="EventNotSentException">It does not leave them, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may leave them.</exception>
    public ValueTask LeaveAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        _sender.SocketsLeaveAsync(_target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Disconnects it; completes when PostgreSQL has committed it.</summary>
    /// <remarks>
    /// It has an effect on a socket of another .NET node only if <see cref="SocketOptions.AllowRemoteManagement"/> is set.
    /// </remarks>
    /// <param name="close">Whether a Socket.IO server closes the client's connection as well. A socket of a .NET node has none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventNotSentException">It stays connected, unless it is on this node.</exception>
    /// <exception cref="EventOutcomeUnknownException">It may be disconnected.</exception>
    public ValueTask DisconnectAsync(bool close = false, CancellationToken cancellationToken = default) =>
        _sender.DisconnectSocketsAsync(_target, close, cancellationToken);
}

/// <summary>The fetched sockets, and the nodes that did not respond.</summary>
public sealed class FetchedSockets
{
    private readonly bool _isUncertain;

    internal FetchedSockets(
        IReadOnlyList<RemoteSocket> sockets,
        IReadOnlyList<string> missing,
        IReadOnlyDictionary<string, string> failures,
        bool isUncertain)
    {
        _isUncertain = isUncertain;
        Failures = failures;
        Sockets = sockets;
        Missing = missing;
    }

    /// <summary>The same sockets, with another sender.</summary>
    internal FetchedSockets SentBy(IEventRequester sender) =>
        new([.. Sockets.Select(socket => socket.SentBy(sender))], Missing, Failures, _isUncertain);

    /// <summary>The sockets of this node and of every node that responded.</summary>
    public IReadOnlyList<RemoteSocket> Sockets { get; }

    /// <summary>
    /// The uids of the nodes that were known when the request was sent and did not respond with sockets: silent, left, dead, or unable to.
    /// </summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>
    /// Those of the missing nodes that responded that they can't send their sockets, for example because these have more than 128 MiB, and
    /// the reasons. A Socket.IO server gives no reason.
    /// </summary>
    public IReadOnlyDictionary<string, string> Failures { get; }

    /// <summary>
    /// Whether every known node has responded. False if this node was behind, stood still or had lost its connections meanwhile.
    /// </summary>
    public bool IsComplete => Missing.Count == 0 && !_isUncertain;
}
