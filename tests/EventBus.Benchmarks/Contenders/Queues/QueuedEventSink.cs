using EventBus.Benchmarks.Children;

namespace EventBus.Benchmarks.Contenders.Queues;

/// <summary>Counts the messages of a queue, which come on several threads at a time.</summary>
internal sealed class QueuedEventSink(Arrivals arrivals)
{
    private readonly Lock _lock = new();

    /// <summary>Counts one message.</summary>
    public void Add(QueuedEvent message)
    {
        lock (_lock)
            arrivals.Add(message.SentAt, message.Number);
    }
}
