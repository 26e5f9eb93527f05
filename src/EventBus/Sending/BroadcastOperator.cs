using Npgsql;

namespace EventBus;

/// <summary>"To these rooms, except those, with these flags": sends events by name, with arguments of any JSON value, binary or timestamp. An immutable value.</summary>
/// <remarks>Thread-safe. The typed counterpart is <see cref="BroadcastOperator{TContract}"/>; both share one order.</remarks>
public readonly struct BroadcastOperator
{
    internal BroadcastOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Local"/>
    public BroadcastOperator Local => new(Target.Local());

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public BroadcastOperator Volatile => new(Target.Volatile());

    private INodeBroadcaster Node => (INodeBroadcaster)Target.Broadcaster;

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public BroadcastOperator To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public BroadcastOperator To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public BroadcastOperator Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public BroadcastOperator Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public BroadcastOperator Compress(bool compress) => new(Target.Compress(compress));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    /// <exception cref="InvalidOperationException">The operator is <see cref="Local"/>.</exception>
    public TransactionOperator Within(NpgsqlTransaction transaction) => new(Target.Within(transaction));

    /// <summary>Sends an event; completes when PostgreSQL has committed it. Local receivers have it before.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Before take-off: withdraws the event. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public ValueTask EmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Target.Broadcaster.EmitAsync(Target, eventName, arguments, cancellationToken);

    /// <summary>Has the sockets join rooms, on every node; completes when PostgreSQL has committed it. Every event emitted on this node afterwards finds them there.</summary>
    /// <remarks>Those on this node join at once. With <see cref="Local"/> no others do.</remarks>
    /// <param name="rooms">The rooms to join.</param>
    /// <param name="cancellationToken">Before take-off: withdraws it from the other nodes. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">No room is named.</exception>
    /// <exception cref="EventNotSentException">No socket of another node joins.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may join.</exception>
    public ValueTask SocketsJoinAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Node.SocketsJoinAsync(Target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Has the sockets leave rooms, on every node; completes when PostgreSQL has committed it.</summary>
    /// <param name="rooms">The rooms to leave. A socket never leaves the room of its own id.</param>
    /// <param name="cancellationToken">Before take-off: withdraws it from the other nodes. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">No room is named.</exception>
    /// <exception cref="EventNotSentException">No socket of another node leaves.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may leave.</exception>
    public ValueTask SocketsLeaveAsync(IReadOnlyList<string> rooms, CancellationToken cancellationToken = default) =>
        Node.SocketsLeaveAsync(Target, RoomSet.Named(rooms), cancellationToken);

    /// <summary>Disconnects the sockets, on every node; completes when PostgreSQL has committed it. A socket hands over what is queued before it ends.</summary>
    /// <param name="close">Whether Socket.IO servers close their clients' connections as well. Sockets of .NET nodes have none.</param>
    /// <param name="cancellationToken">Before take-off: withdraws it from the other nodes. After: ends only the waiting.</param>
    /// <exception cref="EventNotSentException">No socket of another node is disconnected.</exception>
    /// <exception cref="EventOutcomeUnknownException">Sockets of other nodes may be disconnected.</exception>
    public ValueTask DisconnectSocketsAsync(bool close = false, CancellationToken cancellationToken = default) =>
        Node.DisconnectSocketsAsync(Target, close, cancellationToken);

    /// <summary>Asks every node that is known for its sockets. What does not answer in time, or leaves meanwhile, is named in the result.</summary>
    /// <remarks>It first waits until this node is a member of the namespace. With <see cref="Local"/> no others are asked.</remarks>
    /// <param name="timeout">How long to wait for answers. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="EventNotSentException">The question did not reach the others.</exception>
    /// <exception cref="EventOutcomeUnknownException">The question may not have reached the others.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public ValueTask<FetchedSockets> FetchSocketsAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Node.FetchSocketsAsync(Target, timeout, cancellationToken);

    /// <summary>Sends an event that asks every socket for an answer, and gathers the answers. What is missing in the end is told by the result.</summary>
    /// <remarks>
    /// It first waits until this node is a member of the namespace. Sockets of .NET nodes answer with a handler that returns a value, those of Socket.IO servers through their clients.
    /// A socket that has no such handler, or whose handler throws, answers nothing. With <see cref="Local"/> only sockets of this node are asked.
    /// </remarks>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. Before this node is a member, the memory must not change until the event is sent; afterwards, until the call has returned.</param>
    /// <param name="timeout">How long to wait for answers. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event. Sockets of this node may have it already.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public ValueTask<Acks<EventValue>> EmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Node.EmitWithAckAsync(Target, eventName, arguments, timeout, cancellationToken);

    /// <summary>As <see cref="EmitWithAckAsync"/>, but yields the answers one after another, as they come. The event is sent when the enumeration begins.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the event is sent.</param>
    /// <param name="timeout">How long to wait for answers. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public AckStream<EventValue> StreamAcks(string eventName, ReadOnlyMemory<EventValue> arguments = default, TimeSpan? timeout = null) =>
        Node.StreamAcks(Target, eventName, arguments, timeout);

    /// <summary>Sends an event without waiting for PostgreSQL.</summary>
    /// <returns><see langword="false"/> where the publish queue is full or closed: the event was delivered to local receivers only, and counted as dropped.</returns>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    public bool Post(string eventName, ReadOnlyMemory<EventValue> arguments = default) =>
        Target.Broadcaster.Post(Target, eventName, arguments);
}
