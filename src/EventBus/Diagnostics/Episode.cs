namespace EventBus.Diagnostics;

/// <summary>Tells the first of many failures in a row, which is logged, from the others, which are only counted. A quiet minute ends the episode. Thread-safe.</summary>
internal sealed class Episode(TimeProvider time)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long _lastSeen = long.MinValue;

    /// <summary>Whether this failure is the first of its episode.</summary>
    public bool Begins()
    {
        var now = time.GetTimestamp();
        var lastSeen = Interlocked.Exchange(ref _lastSeen, now);
        return lastSeen == long.MinValue || time.GetElapsedTime(lastSeen, now) > Quiet;
    }
}
