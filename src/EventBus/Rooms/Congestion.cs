namespace EventBus.Rooms;

/// <summary>
/// One episode of a full socket queue: from the first event that found it full until it has drained. Guarded by the queue's lock.
/// </summary>
/// <remarks>
/// The pump waits for the queue to drain to half, several times if need be, but in one episode no longer than <see
/// cref="ReceivePressure.LongestWait"/> in all. It waits no longer, either, when the handlers complete nothing at all for some intervals:
/// then they are blocked and not slow. Afterwards the newest events are dropped until the queue has drained.
/// </remarks>
internal sealed class Congestion(TimeSpan longestWait)
{
    /// <summary>
    /// The number of intervals without a completed event after which a handler counts as blocked. Intervals, so that a process that is not
    /// scheduled is not taken for one.
    /// </summary>
    public const int BlockedIntervals = 5;

    private long _handled;
    private int _intervalsWithoutProgress;

    /// <summary>Whether the pump waits for the queue now.</summary>
    public bool IsAwaited { get; private set; }

    /// <summary>Whether the pump waits no more until the queue has drained.</summary>
    public bool HasGivenUp { get; private set; }

    /// <summary>How long the pump has waited.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>The number of events dropped.</summary>
    public long Dropped { get; set; }

    /// <summary>The pump begins to wait.</summary>
    /// <param name="handled">The number of events that the queue's handlers have completed.</param>
    public void Await(long handled)
    {
        IsAwaited = true;
        _handled = handled;
        _intervalsWithoutProgress = 0;
    }

    /// <summary>
    /// Counts an interval of a wait, also if the queue has drained to half within it: short waits use up the time as well.
    /// </summary>
    /// <param name="interval">The length of the interval.</param>
    /// <param name="handled">The number of events that the queue's handlers have completed.</param>
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

    /// <summary>The queue has drained so far that the pump goes on.</summary>
    public void Relieve() => IsAwaited = false;
}
