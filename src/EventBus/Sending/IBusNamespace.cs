using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>One bus namespace of a bus: a separated world of sockets, rooms and events. Thread-safe.</summary>
/// <remarks>
/// The object stays valid when the node leaves the namespace. If you then subscribe, add a handler, connect a socket or request acks, the
/// node joins again; only sending does not join. Earlier subscriptions and handlers end when the node leaves.
/// </remarks>
public interface IBusNamespace
{
    /// <summary>Raised with the uid of another node that was not known before.</summary>
    /// <remarks>
    /// The events of a bus and of its nodes are raised one at a time and in order on the thread pool; messages do not wait for them. If
    /// <see cref="EventBusOptions.SocketQueueEvents"/> events wait for slow subscribers, further ones are dropped, logged and counted.
    /// </remarks>
    event Action<string>? NodeJoined;

    /// <summary>Raised with the uid of another node that left, or was silent for longer than the heartbeat timeout.</summary>
    /// <inheritdoc cref="NodeJoined" path="/remarks"/>
    event Action<string>? NodeLeft;

    /// <summary>
    /// Raised with the name of a room when the first socket of this process joins it. The id of a socket is also the name of a room.
    /// </summary>
    /// <remarks>
    /// The four room events are raised one at a time and in order, for joins and leaves of every cause: the socket's own, requests of this
    /// or another node, disconnections, the end of the namespace. They are raised outside all locks, by the thread that made the change or
    /// by another thread that is raising earlier events, usually before the call that made the change returns; for requests of other nodes
    /// by the thread pool. A subscriber may change rooms: its changes are raised after the current one. Subscribers must be quick: if
    /// <see cref="EventBusOptions.SocketQueueEvents"/> changes are waiting, the events of whole operations are dropped, logged and counted.
    /// </remarks>
    event Action<string>? RoomCreated;

    /// <summary>Raised with the name of a room when the last socket of this process has left it, after <see cref="RoomLeft"/>.</summary>
    /// <inheritdoc cref="RoomCreated" path="/remarks"/>
    event Action<string>? RoomDeleted;

    /// <summary>Raised when a socket of this process has joined a room, after <see cref="RoomCreated"/>.</summary>
    /// <inheritdoc cref="RoomCreated" path="/remarks"/>
    event Action<RoomMember>? RoomJoined;

    /// <summary>Raised when a socket of this process has left a room.</summary>
    /// <inheritdoc cref="RoomCreated" path="/remarks"/>
    event Action<RoomMember>? RoomLeft;

    /// <summary>The name, for example <c>/</c> or <c>/chat</c>.</summary>
    string Name { get; }

    /// <summary>All sockets of this namespace, for events by name.</summary>
    BroadcastOperator<IUntypedEvents> All { get; }

    /// <summary>The sockets in a room, for events by name.</summary>
    BroadcastOperator<IUntypedEvents> To(string room);

    /// <summary>Completes when this node is a member of the namespace: it listens, and the other nodes have responded.</summary>
    /// <exception cref="EventBusClosedException">
    /// The bus was stopped, or the namespace was left before the node was a member.
    /// </exception>
    /// <exception cref="EventBusStartException">
    /// The start of the bus has not begun within <see cref="EventBusOptions.PublishTimeout"/>.
    /// </exception>
    ValueTask JoinAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Leaves the namespace. Completes when no more messages of it arrive and its sockets have handled their queued events; if the node is
    /// not in it, at once.
    /// </summary>
    /// <remarks>
    /// When the call returns, the sockets are out and open requests have failed with <see cref="EventBusClosedException"/>. The sockets
    /// have <see cref="EventBusOptions.RequestsTimeout"/> to handle their queued events and send their acks; then the node announces its
    /// departure, in order after the earlier messages, and stops listening. Events that you emit afterwards still reach the other nodes, as
    /// from a publisher. If you use the namespace again, the node joins it again after it has left. In a handler the call returns when the
    /// sockets are out; the rest follows when the handlers are done.
    /// </remarks>
    /// <param name="cancellationToken">Ends only the wait.</param>
    /// <exception cref="InvalidOperationException">
    /// It is the main namespace, which every member of the cluster is in. Stop the bus instead.
    /// </exception>
    ValueTask LeaveAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The number of nodes in the namespace, this one included. It is known when this node is a member. Publishers do not count.
    /// </summary>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    ValueTask<int> ServerCountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends an event to the other nodes themselves, not to their sockets, and never to this node; completes when PostgreSQL has committed
    /// it.
    /// </summary>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Withdraws the event if it is not being published yet; otherwise ends only the wait.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    ValueTask ServerSideEmitAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends an event to the other nodes themselves and gathers one ack of each. The result names the nodes that did not acknowledge in
    /// time, or left.
    /// </summary>
    /// <remarks>The call first waits until this node is a member of the namespace.</remarks>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">
    /// The arguments. Before this node is a member, the memory must not change until the event is sent; afterwards, until the call has
    /// returned.
    /// </param>
    /// <param name="timeout">How long to wait for acks. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    /// <exception cref="EventNotSentException">The request did not reach the other nodes.</exception>
    /// <exception cref="EventOutcomeUnknownException">The request may not have reached the other nodes.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    ValueTask<ServerSideAcks<EventValue>> ServerSideEmitWithAckAsync(
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Handles a server-side event of other nodes without an ack. The last handler registered for an event wins. Handlers of a namespace
    /// are called one at a time and in order. The registration ends when the namespace is left.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    [OverloadResolutionPriority(1)] // A lambda that only throws fits both overloads.
    void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>
    /// Handles a server-side event of other nodes; the result is the ack. If the handler throws, no ack is sent and the exception is
    /// logged. The last handler registered for an event wins. The registration ends when the namespace is left.
    /// </summary>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>Adds a socket. <paramref name="configure"/> adds its handlers before it receives its first event.</summary>
    ValueTask<LocalSocket> ConnectAsync(
        SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default);
}

/// <summary>A socket that has joined or left a room of a bus namespace.</summary>
/// <param name="Room">The room. The id of a socket is also the name of a room.</param>
/// <param name="SocketId">The socket's id.</param>
public readonly record struct RoomMember(string Room, string SocketId);
