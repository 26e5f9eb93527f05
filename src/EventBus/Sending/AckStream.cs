namespace EventBus;

/// <summary>The answers of the sockets to an event, one after another as they come. The event is sent when the loop begins; leaving the loop gives up on the rest.</summary>
/// <remarks>
/// The loop ends when every socket has answered or the time is over, and the properties then tell whether it was all. It throws what an emit with acks throws, and what is
/// cancelled by <c>WithCancellation</c>. Answers that came and were not taken yet wait in a bounded queue, of <see cref="EventBusOptions.SocketQueueEvents"/>; those beyond are
/// dropped and counted. To be enumerated once.
/// </remarks>
/// <typeparam name="T">What a socket answers.</typeparam>
public abstract class AckStream<T> : IAsyncEnumerable<T>
{
    private protected AckStream()
    {
    }

    /// <inheritdoc cref="Acks{T}.Expected"/>
    /// <remarks>Known when the loop has ended.</remarks>
    public abstract int Expected { get; }

    /// <inheritdoc cref="Acks{T}.Missing"/>
    /// <remarks>Known when the loop has ended.</remarks>
    public abstract IReadOnlyList<string> Missing { get; }

    /// <summary>Whether the loop ended because the time was over.</summary>
    public abstract bool IsTimedOut { get; }

    /// <summary>Whether the loop has ended after it had yielded the answer of every socket of every node.</summary>
    public abstract bool IsComplete { get; }

    /// <summary>Sends the event and yields the answers.</summary>
    /// <exception cref="InvalidOperationException">It was enumerated before: that would send the event once more.</exception>
    public abstract IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default);
}
