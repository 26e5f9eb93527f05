using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>
/// A receiver in this process: it has an id, is in rooms, and passes each event to its handlers, one at a time and in order.
/// </summary>
/// <remarks>
/// Thread-safe. If a handler throws, the exception is logged and counted, and the next event follows. Disposing the socket removes it from
/// its namespace.
/// </remarks>
public abstract class LocalSocket : IAsyncDisposable
{
    private protected LocalSocket()
    {
    }

    /// <summary>Raised once when the socket has left its namespace, after its last event was handled.</summary>
    public abstract event Action? Disconnected;

    /// <summary>The id. It is also the name of a room that contains only this socket.</summary>
    public abstract string Id { get; }

    /// <summary>The bus namespace of the socket.</summary>
    public abstract string Namespace { get; }

    /// <summary>A snapshot of its rooms, which include its own id.</summary>
    public abstract IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Whether it still receives.</summary>
    public abstract bool IsConnected { get; }

    /// <summary>Why it does not receive any more; null while it is connected.</summary>
    public abstract SocketDisconnectReason? DisconnectReason { get; }

    /// <summary>The data that other nodes see when they fetch sockets.</summary>
    public abstract EventValue Data { get; set; }

    /// <summary>
    /// Adds a typed handler for every event of its contract. It is called after the handlers that were added before it. Add handlers before
    /// the socket connects, or they may miss the first events.
    /// </summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public abstract void Handle<TContract>(TContract handler)
        where TContract : class;

    /// <summary>Adds a handler for one event by name.</summary>
    [OverloadResolutionPriority(1)] // A lambda that only throws fits both overloads.
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>Adds a handler for every event. It receives the event's name and arguments.</summary>
    [OverloadResolutionPriority(1)] // A lambda that only throws fits both overloads.
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>Adds a handler for one event by name whose result is the ack. If several handlers return one, the first is sent.</summary>
    /// <remarks>If the handler throws, no ack is sent; the exception is logged and counted.</remarks>
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>Adds a handler for every event whose result is the ack. If several handlers return one, the first is sent.</summary>
    /// <remarks>If the handler throws, no ack is sent; the exception is logged and counted.</remarks>
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>
    /// Adds a handler for one event by name that may send the ack after it has returned, so that the socket's next event need not wait. The
    /// ack is null if none is requested.
    /// </summary>
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, EventAck?, ValueTask> handler);

    /// <summary>
    /// Adds a handler for every event that may send the ack after it has returned, so that the socket's next event need not wait. The ack
    /// is null if none is requested.
    /// </summary>
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler);

    /// <summary>Joins rooms. Every event that is emitted on this node after the call has completed reaches the socket.</summary>
    /// <exception cref="EventBusClosedException">The socket has left its namespace.</exception>
    /// <exception cref="InvalidOperationException">The socket has not connected yet.</exception>
    public abstract ValueTask JoinAsync(params IReadOnlyList<string> rooms);

    /// <summary>Leaves rooms. A socket can't leave the room of its own id.</summary>
    public abstract ValueTask LeaveAsync(params IReadOnlyList<string> rooms);

    /// <summary>
    /// Leaves the namespace, handles the queued events, and completes when the handlers are done, at the latest after
    /// <see cref="EventBusOptions.StopTimeout"/>.
    /// </summary>
    /// <remarks>
    /// The socket is out of its namespace when the call returns. In a handler, also of another socket, the call does not wait for handlers,
    /// because handlers that dispose each other's socket would wait for ever.
    /// </remarks>
    public abstract ValueTask DisposeAsync();
}

/// <summary>Sends the ack of one event to the node that requested it. Thread-safe.</summary>
public abstract class EventAck
{
    private protected EventAck()
    {
    }

    /// <summary>
    /// Sends the ack, before or after the handler returns. If one socket sends several, only the first counts; a late ack is ignored.
    /// </summary>
    /// <exception cref="EventSerializationException">The ack is too large.</exception>
    public abstract void Send(EventValue ack);
}

/// <summary>The settings of a socket when it connects.</summary>
public sealed class SocketOptions
{
    /// <summary>The socket's id, which is also the name of its own room. The default is 20 random letters and digits.</summary>
    public string? Id { get; set; }

    /// <summary>The rooms it joins before it receives its first event.</summary>
    public IReadOnlyList<string> Rooms { get; set; } = [];

    /// <summary>
    /// Whether other nodes and publishers may make the socket join and leave rooms, and disconnect it. The default is null, which stands
    /// for <see cref="EventBusOptions.AllowRemoteManagement"/>.
    /// </summary>
    public bool? AllowRemoteManagement { get; set; }

    /// <summary>
    /// What the node does if the queue of the socket is full. The default is null, which stands for
    /// <see cref="EventBusOptions.SlowSocketPolicy"/>.
    /// </summary>
    public SlowSocketPolicy? SlowSocketPolicy { get; set; }

    /// <summary>
    /// The handshake that other nodes see when they fetch sockets: a map. The default is null, which peers see as an empty object.
    /// </summary>
    public EventValue Handshake { get; set; }

    /// <summary>The data that other nodes see when they fetch sockets. The default is null, which peers see as an empty object.</summary>
    public EventValue Data { get; set; }
}
