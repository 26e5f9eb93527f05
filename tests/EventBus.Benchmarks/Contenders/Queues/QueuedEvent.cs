namespace EventBus.Benchmarks.Contenders.Queues;

/// <summary>The small event as a message of a queue.</summary>
/// <param name="SentAt">The time of its emit.</param>
/// <param name="Number">Its number.</param>
/// <param name="Padding">Makes it as long as the event of the others.</param>
public sealed record QueuedEvent(long SentAt, long Number, string Padding)
{
    /// <summary>With it a message has about as many bytes as the event of the others.</summary>
    public static readonly string Filling = new('x', 100);
}
