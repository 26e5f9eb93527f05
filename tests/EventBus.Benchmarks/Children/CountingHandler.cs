using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Children;

/// <summary>A handler that counts. The events of a socket come one at a time.</summary>
internal sealed class CountingHandler : IBenchmarkEvents
{
    private long _count;

    public long Count => Volatile.Read(ref _count);

    public void Ping(long sentAt, long number) => Volatile.Write(ref _count, _count + 1);

    public void Note(long sentAt, long number, string text) => Volatile.Write(ref _count, _count + 1);

    public void Photo(long sentAt, long number, ReadOnlyMemory<byte> bytes) => Volatile.Write(ref _count, _count + 1);
}
