namespace EventBus.Benchmarks.Events;

/// <summary>The events of the benchmark. Each has the time of its emit and its number; warm-up events have a negative number.</summary>
[BroadcastEvent]
public interface IBenchmarkEvents
{
    /// <summary>The small event: it travels in its notification.</summary>
    void Ping(long sentAt, long number);

    /// <summary>An event with text, whose form depends on the length.</summary>
    void Note(long sentAt, long number, string text);

    /// <summary>The large event: it travels as an attachment.</summary>
    void Photo(long sentAt, long number, ReadOnlyMemory<byte> bytes);
}
