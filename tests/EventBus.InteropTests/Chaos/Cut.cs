namespace EventBus.InteropTests.Chaos;

/// <summary>The period in which a node's connections were cut: from before the first cut until it was received again.</summary>
internal sealed class Cut(Moments moments)
{
    private long _endedAt = long.MaxValue;

    public long BeganAt { get; } = moments.Next();

    public long EndedAt => Volatile.Read(ref _endedAt);

    public void End() => Volatile.Write(ref _endedAt, moments.Next());
}
