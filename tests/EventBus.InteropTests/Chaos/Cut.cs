namespace EventBus.InteropTests.Chaos;

/// <summary>The time in which a node's connections were cut: from before the first was until after it was heard again.</summary>
internal sealed class Cut(Moments moments)
{
    private long _endedAt = long.MaxValue;

    public long BeganAt { get; } = moments.Next();

    public long EndedAt => Volatile.Read(ref _endedAt);

    public void End() => Volatile.Write(ref _endedAt, moments.Next());
}
