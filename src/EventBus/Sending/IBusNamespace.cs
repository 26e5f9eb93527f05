using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>One bus namespace of a bus: a separated world of sockets, rooms and events. Thread-safe.</summary>
/// <remarks>
/// It stands for the name, also when the node leaves the namespace: who then subscribes, handles, connects or asks joins it anew. Only sending does not join. What was subscribed to and handled before
/// has ended with the leaving.
/// </remarks>
public interface IBusNamespace
{
    /// <summary>Raised with the uid of another node that was not known before. Subscribers must be quick: the next message waits for them.</summary>
    event Action<string>? NodeJoined;

    /// <summary>Raised with the uid of another node that said goodbye, or was silent for longer than the heartbeat timeout. Subscribers must be quick.</summary>
    event Action<string>? NodeLeft;

    /// <summary>Raised with the name of a room when the first socket of this process joins it. A socket's own id is the name of a room, too.</summary>
    /// <remarks>
    /// The four room events are raised one at a time and in order, for joins and leaves of whatever cause: the socket's own, those asked for here or by another node, its disconnection, the end of the namespace. They
    /// are raised outside all locks, by the thread whose change found no other raising: mostly before the call that changed something returns. A subscriber may change rooms; what it
    /// changes is told after the change it is told of. It must be quick: behind <see cref="EventBusOptions.SocketQueueEvents"/> waiting changes whole operations are left out, logged and counted as dropped.
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

    /// <summary>The name, as <c>/</c> or <c>/chat</c>.</summary>
    string Name { get; }

    /// <summary>Everyone in this namespace, for events by name.</summary>
    BroadcastOperator<IUntypedEvents> All { get; }

    /// <summary>The sockets in a room, for events by name.</summary>
    BroadcastOperator<IUntypedEvents> To(string room);

    /// <summary>Completes when this node is a member of the namespace: it listens, and the other nodes have answered.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or the namespace left, before it was.</exception>
    ValueTask JoinAsync(CancellationToken cancellationToken = default);

    /// <summary>Leaves the namespace; completes when nothing of it comes in any more and its sockets have handed over what was queued. Where the node is not in it, at once.</summary>
    /// <remarks>
    /// When the call returns the sockets are out and open questions have ended with <see cref="EventBusClosedException"/>. The sockets have <see cref="EventBusOptions.RequestsTimeout"/> to hand over
    /// before the node says goodbye, in order after what was published before, so that who asked them has their answers. Then it stops listening. What is emitted afterwards still reaches
    /// the other nodes, as if by a publisher. Using the namespace again joins it anew, after it was left. Inside a handler it only begins: the call
    /// returns with the sockets out, and the rest follows when the handlers are done.
    /// </remarks>
    /// <param name="cancellationToken">Ends only the waiting.</param>
    /// <exception cref="InvalidOperationException">It is the main namespace, which every member of the cluster is in: stop the bus instead.</exception>
    ValueTask LeaveAsync(CancellationToken cancellationToken = default);

    /// <summary>How many nodes the namespace has now, this one included; known once this node is a member. Publishers that join nothing do not count.</summary>
    ValueTask<int> ServerCountAsync(CancellationToken cancellationToken = default);

    /// <summary>Sends an event to the other nodes themselves, not to their sockets, and never to this node; completes when PostgreSQL has committed it.</summary>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Before take-off: withdraws the event. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    ValueTask ServerSideEmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default);

    /// <summary>Sends an event to the other nodes themselves and gathers one answer of each. What does not answer in time, or leaves meanwhile, is named in the result.</summary>
    /// <remarks>It first waits until this node is a member of the namespace.</remarks>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. Before this node is a member, the memory must not change until the event is sent; afterwards, until the call has returned.</param>
    /// <param name="timeout">How long to wait for answers. The default is <see cref="EventBusOptions.RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">The question did not reach the others.</exception>
    /// <exception cref="EventOutcomeUnknownException">The question may not have reached the others.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    ValueTask<ServerSideAcks<EventValue>> ServerSideEmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default);

    /// <summary>Handles a server-side event of other nodes, in place of an earlier handler of it, and answers nothing. Handlers of a namespace are called one at a time and in order. It ends when the namespace is left.</summary>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    [OverloadResolutionPriority(1)] // For lambdas that only throw, which fit both.
    void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>Handles a server-side event of other nodes, in place of an earlier handler of it, and answers who asks. A handler that throws answers nothing; it is logged. It ends when the namespace is left.</summary>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>Adds a socket. <paramref name="configure"/> adds its handlers before it receives its first event.</summary>
    ValueTask<LocalSocket> ConnectAsync(SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default);
}
