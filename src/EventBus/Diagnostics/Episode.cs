namespace EventBus.Diagnostics;

/// <summary>A run of failures: the first is logged, the others are only counted. A quiet minute ends it. Thread-safe.</summary>
internal sealed class Episode(TimeProvider time)
{
    /// <summary>The time without a failure that ends an episode.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _lastSeen = long.MinValue;

    /// <summary>Whether the last failure is at most a minute old.</summary>
    public bool IsOpen => Volatile.Read(ref _lastSeen) is not long.MinValue and var lastSeen && time.GetElapsedTime(lastSeen) <= Quiet;

    /// <summary>Counts a failure; true if it is the first of its episode.</summary>
    public bool Begins()
    {
        var now = time.GetTimestamp();
        var lastSeen = Interlocked.Exchange(ref _lastSeen, now);
        return lastSeen == long.MinValue || time.GetElapsedTime(lastSeen, now) > Quiet;
    }
}
