namespace EventBus;

/// <summary>The acks of an event, and whether all of them arrived.</summary>
/// <typeparam name="T">The type of an ack.</typeparam>
public sealed class Acks<T>
{
    private readonly bool _isUncertain;

    internal Acks(IReadOnlyList<T> responses, int expected, IReadOnlyList<string> missing, bool isTimedOut, bool isUncertain = false)
    {
        _isUncertain = isUncertain;
        Responses = responses;
        Expected = expected;
        Missing = missing;
        IsTimedOut = isTimedOut;
    }

    /// <summary>
    /// The acks in the order of their arrival, at most one of each socket. If an ack can't be read as <typeparamref name="T"/>, it is
    /// reported, counted as malformed, and left out.
    /// </summary>
    public IReadOnlyList<T> Responses { get; }

    /// <summary>
    /// How many sockets received the event, as far as their nodes have reported it. Sockets of .NET nodes count only if they have a handler
    /// for the event. A socket of this process is not waited for any longer when it has left.
    /// </summary>
    public int Expected { get; }

    /// <summary>
    /// The uids of the nodes that were known when the event was sent and have not reported how many sockets they have, or left before those
    /// had acknowledged.
    /// </summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the time ran out.</summary>
    public bool IsTimedOut { get; }

    /// <summary>
    /// Whether every socket of every node has acknowledged. False if this node was behind, stood still or had lost its connections
    /// meanwhile, because it may not know all nodes then.
    /// </summary>
    public bool IsComplete => Missing.Count == 0 && Responses.Count == Expected && !_isUncertain;
}

/// <summary>
/// The acks of an event as a stream. The event is sent when the loop begins. If you leave the loop early, the remaining acks are ignored.
/// </summary>
/// <remarks>
/// The loop ends when every socket has acknowledged or the time runs out; then the properties say whether the stream was complete. It
/// throws what an emit with acks throws, and honours <c>WithCancellation</c>. Acks wait in a queue that is bounded by
/// <see cref="EventBusOptions.SocketQueueEvents"/>; if it is full, further acks are dropped and counted. A stream is enumerated once.
/// </remarks>
/// <typeparam name="T">The type of an ack.</typeparam>
public abstract class AckStream<T> : IAsyncEnumerable<T>
{
    private protected AckStream()
    {
    }

    /// <inheritdoc cref="Acks{T}.Expected"/>
    /// <remarks>Available when the loop has ended.</remarks>
    public abstract int Expected { get; }

    /// <inheritdoc cref="Acks{T}.Missing"/>
    /// <remarks>Available when the loop has ended.</remarks>
    public abstract IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the loop ended because the time ran out.</summary>
    public abstract bool IsTimedOut { get; }

    /// <summary>Whether the loop has ended and yielded the ack of every socket of every node.</summary>
    /// <remarks>False if this node was behind, stood still or had lost its connections meanwhile.</remarks>
    public abstract bool IsComplete { get; }

    /// <summary>Sends the event and yields the acks.</summary>
    /// <exception cref="InvalidOperationException">
    /// The stream was enumerated before: a second enumeration would send the event again.
    /// </exception>
    public abstract IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}

/// <summary>The ack of one node to a server-side event.</summary>
/// <typeparam name="T">The type of an ack.</typeparam>
/// <param name="Uid">The node.</param>
/// <param name="Value">Its ack.</param>
public readonly record struct ServerSideAck<T>(string Uid, T Value);

/// <summary>The acks of the other nodes to a server-side event, and which nodes sent none.</summary>
/// <typeparam name="T">The type of an ack.</typeparam>
public sealed class ServerSideAcks<T>
{
    private readonly bool _isUncertain;

    internal ServerSideAcks(
        IReadOnlyList<ServerSideAck<T>> responses, IReadOnlyList<string> missing, bool isTimedOut, bool isUncertain = false)
    {
        _isUncertain = isUncertain;
        Responses = responses;
        Missing = missing;
        IsTimedOut = isTimedOut;
    }

    /// <summary>
    /// The acks in the order of their arrival, at most one of each node. If an ack can't be read as <typeparamref name="T"/>, it is
    /// reported, counted as malformed, and its node is missing.
    /// </summary>
    public IReadOnlyList<ServerSideAck<T>> Responses { get; }

    /// <summary>
    /// The uids of the nodes that were known when the event was sent and have not acknowledged it: they have no handler that does, are
    /// silent, have left or are dead.
    /// </summary>
    public IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the time ran out.</summary>
    public bool IsTimedOut { get; }

    /// <summary>
    /// Whether every node that was known has acknowledged. False if this node was behind, stood still or had lost its connections
    /// meanwhile.
    /// </summary>
    public bool IsComplete => Missing.Count == 0 && !_isUncertain;
}
