namespace EventBus.Benchmarks.Events;

/// <summary>The small event of the benchmark, written to the journal as well.</summary>
[BroadcastEvent, Journaled]
public interface IJournaledEvents
{
    /// <inheritdoc cref="IBenchmarkEvents.Ping"/>
    void Ping(long sentAt, long number);
}
