using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>
/// Responds to the announcements of other nodes of a bus namespace. One heartbeat responds to all announcements before it, so there is at
/// most one per <see cref="Interval"/>, however many nodes start at once, and however many are forged. Thread-safe.
/// </summary>
internal sealed class Greetings(ClusterOutbox outbox, TimeProvider time)
{
    /// <summary>The shortest time between two responses. A node that starts waits twice as long for further responses.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long? _last;
    private bool _isDue;
    private bool _hasEnded;

    /// <summary>Responds at once, or when the interval has passed.</summary>
    public void Respond()
    {
        lock (_lock)
        {
            if (_isDue || _hasEnded)
                return;
            var elapsed = _last is { } last ? time.GetElapsedTime(last) : Interval;
            if (elapsed < Interval)
            {
                _isDue = true;
                _timer ??= time.CreateBackgroundTimer(
                    static greetings => ((Greetings)greetings!).RespondLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(Interval - elapsed, Timeout.InfiniteTimeSpan);
                return;
            }

            _last = time.GetTimestamp();
        }

        Beat();
    }

    /// <summary>Responds no more.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            _timer?.Dispose();
        }
    }

    private void RespondLate()
    {
        lock (_lock)
        {
            if (_hasEnded)
                return;
            _isDue = false;
            _last = time.GetTimestamp();
        }

        Beat();
    }

    private void Beat()
    {
        if (!outbox.IsClosed)
            outbox.TryPost(outbox.Beat());
    }
}
