using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>
/// Responds to the announcements of other nodes of a bus namespace. One heartbeat responds to all announcements before it, so there is at
/// most one per <see cref="Interval"/>, however many nodes start at once, and however many are forged. Thread-safe.
/// </summary>
/// <remarks>
/// A process that announces itself again had lost its connection. If the server restarts, all nodes do so, and each response goes to all of
/// them. So these nodes wait longer.
/// </remarks>
internal sealed class Greetings(ClusterOutbox outbox, TimeProvider time)
{
    /// <summary>The shortest time between two responses. A node that starts waits twice as long for further responses.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>The shortest time between two responses to nodes that had joined before.</summary>
    public static readonly TimeSpan AgainInterval = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long? _last;
    private TimeSpan? _due; // since the last response
    private bool _hasEnded;

    /// <summary>Responds at once, or when the interval has passed.</summary>
    /// <param name="hadJoined">Whether the process that announces itself had joined before.</param>
    public void Respond(bool hadJoined)
    {
        var interval = hadJoined ? AgainInterval : Interval;
        lock (_lock)
        {
            if (_due <= interval || _hasEnded)
                return;
            var elapsed = _last is { } last ? time.GetElapsedTime(last) : interval;
            if (elapsed < interval)
            {
                _due = interval;
                _timer ??= time.CreateBackgroundTimer(
                    static greetings => ((Greetings)greetings!).RespondLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                _timer.Change(interval - elapsed, Timeout.InfiniteTimeSpan);
                return;
            }

            Begin();
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
            // An urgent announcement may have been responded to just before.
            if (_hasEnded || _due is null)
                return;
            Begin();
        }

        Beat();
    }

    private void Begin()
    {
        _due = null;
        _last = time.GetTimestamp();
    }

    private void Beat()
    {
        if (!outbox.IsClosed)
            outbox.TryPost(outbox.Beat());
    }
}
