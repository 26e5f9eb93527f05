using EventBus.Diagnostics;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Decides whether the listener reads its connection: it pauses while the receive queue is full, for a bounded time. Not thread-safe: the
/// listener owns it.
/// </summary>
/// <remarks>
/// A listener that does not read keeps every notification in PostgreSQL's queue, which all databases of the server share: once that is
/// full, nobody can publish. So a pause ends when half of the receive queue is delivered, or it has reached its longest time, or
/// PostgreSQL's queue is too full. If the receive queue is full all the same, the newest notifications are discarded until half of it is
/// delivered; the numbers of the next ones show exactly how many events are missing.
/// </remarks>
/// <param name="queue">The receive queue.</param>
/// <param name="readUsage">Reads <c>pg_notification_queue_usage()</c>.</param>
/// <param name="longest">The longest pause.</param>
/// <param name="time">The clock.</param>
/// <param name="diagnostics">Counts and logs.</param>
internal sealed class ReadingPause(
    ReceiveQueue<Notification> queue, Func<Task<double>> readUsage, TimeSpan longest, TimeProvider time, BusDiagnostics diagnostics)
    : IAsyncDisposable
{
    /// <summary>The part of PostgreSQL's queue that may be in use during a pause.</summary>
    public const double MaxUsage = 0.10;

    /// <summary>The interval at which that is checked.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly Episode _pauses = new(time);
    private long? _since;
    private long _lastCheck;
    private Task<double>? _check;
    private long _discarded;

    // The time for which the pause may still last.
    private TimeSpan Left
    {
        get
        {
            var left = longest - time.GetElapsedTime(_since ?? time.GetTimestamp());
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Adds a notification that was read, or discards it.</summary>
    public void Add(in Notification notification)
    {
        if (!queue.IsOverrun || !queue.IsFull)
        {
            queue.Add(notification);
            return;
        }

        _discarded++;
        diagnostics.Discarded.Add();
    }

    /// <summary>If the listener must not read now, waits until that changes, an interval has passed or the listener is woken.</summary>
    /// <returns>False if the listener may read.</returns>
    public async ValueTask<bool> TryWaitAsync()
    {
        if (queue.IsOverrun)
        {
            if (!queue.IsOverHalf)
                EndOverrun();
            return false;
        }

        // A pause lasts until half of the queue is delivered.
        if (_since is null ? !queue.IsFull : !queue.IsOverHalf)
        {
            _since = null;
            return false;
        }

        _since ??= Begin();
        await WaitForAsync(Min(Interval, Left)).ConfigureAwait(false);
        if (queue.IsOverHalf && await FindCauseToReadAsync().ConfigureAwait(false) is { } cause)
        {
            _since = null;
            diagnostics.Logger.ReceiveQueueOverrun(queue.Waiting, cause);
            await queue.BeginOverrunAsync().ConfigureAwait(false);
        }

        return true;
    }

    /// <summary>Completes when no check is under way, at the latest after an interval.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_check is not null)
            await ((Task)_check).WaitAsync(Interval, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private long Begin()
    {
        if (_pauses.Begins())
            diagnostics.Logger.ReceiveQueueFull(queue.Waiting);
        return _lastCheck = time.GetTimestamp();
    }

    private async Task WaitForAsync(TimeSpan interval)
    {
        var timer = time.CreateBackgroundTimer(
            static queue => ((ReceiveQueue<Notification>)queue!).WakeListener(), queue, interval, Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
            await queue.WaitUntilHalfDeliveredAsync().ConfigureAwait(false);
    }

    private async Task<string?> FindCauseToReadAsync()
    {
        var usage = Left > TimeSpan.Zero && time.GetElapsedTime(_lastCheck) >= Interval ? await ReadUsageAsync().ConfigureAwait(false) : 0;
        if (usage > MaxUsage)
            return $"PostgreSQL's notification queue is {usage:P0} full";
        return Left > TimeSpan.Zero ? null : $"it had paused for {longest}";
    }

    /// <summary>
    /// Reads the usage; 0 if it cannot be read soon. A check that hangs does not prolong the pause, and none is begun beside it.
    /// </summary>
    private async Task<double> ReadUsageAsync()
    {
        _lastCheck = time.GetTimestamp();
        if (_check is null or { IsCompleted: true })
            _check = readUsage();
        await ((Task)_check).WaitAsync(Min(Interval, Left), time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _check.IsCompletedSuccessfully ? await _check.ConfigureAwait(false) : 0;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void EndOverrun()
    {
        queue.EndOverrun();
        diagnostics.Logger.ReceiveQueueRecovered(_discarded);
        _discarded = 0;
    }
}
