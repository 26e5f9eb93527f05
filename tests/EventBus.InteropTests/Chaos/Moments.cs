namespace EventBus.InteropTests.Chaos;

/// <summary>A clock that only orders moments.</summary>
internal sealed class Moments
{
    private long _last;

    public long Next() => Interlocked.Increment(ref _last);
}
