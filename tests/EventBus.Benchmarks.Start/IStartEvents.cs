namespace EventBus.Benchmarks.Start;

/// <summary>The event of the program.</summary>
[BroadcastEvent]
public interface IStartEvents
{
    /// <summary>The small event of the benchmark.</summary>
    void Ping(long sentAt, long number);
}
