namespace EventBus.Rooms;

/// <summary>
/// One episode of a full socket queue, from the first event that does not fit until the queue has drained. Guarded by the queue's lock.
/// </summary>
/// <remarks>
/// The pump waits until the queue has drained to half. It may do so several times in an episode, but not longer than the limit in all. It
/// gives up earlier if the handlers complete nothing for several intervals: then they are blocked, not slow. Once it has given up, events
/// that do not fit are dropped until the episode ends.
/// </remarks>
/// <param name="longestWait">The longest time for which the pump waits in one episode.</param>
internal sealed class Congestion(TimeSpan longestWait)
{
    /// <summary>
    /// The number of intervals without progress after which a handler counts as blocked. Counting intervals, not time, tolerates a process
    /// that the system suspends for a while.
    /// </summary>
    public const int BlockedIntervals = 5;

    private long _handled;
    private int _intervalsWithoutProgress;

    /// <summary>Whether the pump is waiting for the queue.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Whether the pump has begun to wait for the queue in this episode.</summary>
    public bool WasAwaited { get; private set; }

    /// <summary>Whether the pump no longer waits for the queue in this episode.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>The time for which the pump has waited.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The number of dropped events.</summary>
    public long Dropped { get; set; }

    /// <summary>Begins a wait.</summary>
    /// <param name="handled">The number of events that the handlers have begun so far.</param>
    public void Await(long handled)
    {
        IsAwaited = WasAwaited = true;
        _handled = handled;
        _intervalsWithoutProgress = 0;
    }

    /// <summary>
    /// Counts an interval of a wait, also if the queue has drained to half within it: short waits use up the time as well.
    /// </summary>
    /// <param name="interval">The length of the interval.</param>
    /// <param name="handled">The number of events that the handlers have begun so far.</param>
    /// <param name="giveUp">Whether the pump must not wait any longer.</param>
    public void AddInterval(TimeSpan interval, long handled, bool giveUp)
    {
        Waited += interval;
        _intervalsWithoutProgress = handled == _handled ? _intervalsWithoutProgress + 1 : 0;
        _handled = handled;
        var isBlocked = IsAwaited && (giveUp || _intervalsWithoutProgress >= BlockedIntervals);
        HasGivenUp |= isBlocked || Waited >= longestWait;
        IsAwaited &= !HasGivenUp;
    }

    /// <summary>Ends a wait because the queue has drained to half.</summary>
    public void Relieve() => IsAwaited = false;
}
