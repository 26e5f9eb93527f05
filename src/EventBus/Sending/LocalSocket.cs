using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>A receiver in this process: it has an id, is in rooms, and hands each event to its handlers, one at a time and in order.</summary>
/// <remarks>Thread-safe. A handler that throws is logged and counted, and the next event is handed over. Disposing it takes it out of its namespace.</remarks>
public abstract class LocalSocket : IAsyncDisposable
{
    private protected LocalSocket()
    {
    }

    /// <summary>Raised once, after the last event was handed over, when the socket has left its namespace for whatever reason.</summary>
    public abstract event Action? Disconnected;

    /// <summary>The id, which is also the name of a room that only this socket is in.</summary>
    public abstract string Id { get; }

    /// <summary>The bus namespace it is in.</summary>
    public abstract string Namespace { get; }

    /// <summary>The rooms it is in now, its own id among them. A snapshot.</summary>
    public abstract IReadOnlyCollection<string> Rooms { get; }

    /// <summary>Whether it still receives.</summary>
    public abstract bool IsConnected { get; }

    /// <summary>What the other nodes see of it when they fetch sockets.</summary>
    public abstract EventValue Data { get; set; }

    /// <summary>Adds a typed handler: it gets every event of its contract, after the handlers added before it. Add handlers before the socket connects, or the first events may pass it by.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public abstract void Handle<TContract>(TContract handler)
        where TContract : class;

    /// <summary>Adds a handler for one event by name.</summary>
    [OverloadResolutionPriority(1)] // For lambdas that only throw, which fit both.
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>Adds a handler for every event, which gets the event's name and arguments.</summary>
    [OverloadResolutionPriority(1)] // For lambdas that only throw, which fit both.
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask> handler);

    /// <summary>Adds a handler for one event by name that answers: whoever emits the event with acks gets what it returns. Of several handlers' answers the first counts.</summary>
    /// <remarks>A handler that throws answers nothing; it is logged and counted.</remarks>
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>Adds a handler for every event that answers: whoever emits an event with acks gets what it returns. Of several handlers' answers the first counts.</summary>
    /// <remarks>A handler that throws answers nothing; it is logged and counted.</remarks>
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler);

    /// <summary>Adds a handler for one event by name that may answer later than it returns, so that the socket's next event need not wait: with the ack it is given, null where nobody asks.</summary>
    public abstract void On(string eventName, Func<IReadOnlyList<EventValue>, EventAck?, ValueTask> handler);

    /// <summary>Adds a handler for every event that may answer later than it returns, so that the socket's next event need not wait: with the ack it is given, null where nobody asks.</summary>
    public abstract void OnAny(Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler);

    /// <summary>Joins rooms. Every event emitted on this node after it has completed reaches the socket.</summary>
    public abstract ValueTask JoinAsync(params IReadOnlyList<string> rooms);

    /// <summary>Leaves rooms. Its own id can't be left.</summary>
    public abstract ValueTask LeaveAsync(params IReadOnlyList<string> rooms);

    /// <summary>Leaves the namespace, hands over what is queued, and completes when the handlers are done; inside one of its own handlers at once.</summary>
    public abstract ValueTask DisposeAsync();
}
