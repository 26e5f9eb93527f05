using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>
/// Notices that no thread of the pool was free for a while, and names the handlers that block its threads. Each tick queues a work item. If
/// the item or the tick itself is late, so is everything else that the pool runs: handlers, heartbeats, and the rest of the application.
/// </summary>
/// <param name="tick">The interval of the ticks.</param>
/// <param name="findHandlers">Finds the names of running handlers; if the argument is true, only of handlers that hold a thread.</param>
/// <param name="enqueue">Queues a work item to the thread pool.</param>
/// <param name="time">The clock.</param>
/// <param name="diagnostics">Counts and logs.</param>
internal sealed class ThreadPoolWatch(
    TimeSpan tick,
    Func<bool, IEnumerable<string>> findHandlers,
    Action<IThreadPoolWorkItem> enqueue,
    TimeProvider time,
    BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    /// <summary>The time that a work item may wait for a thread. A blocked pool adds one or two threads a second.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly Episode _episode = new(time);
    private long? _lastTick;
    private long _queuedAt;
    private bool _isQueued;

    /// <summary>Checks the thread pool. To be called at every tick, by one thread at a time.</summary>
    public void Check()
    {
        var now = time.GetTimestamp();
        if (_lastTick is { } lastTick)
            Judge(time.GetElapsedTime(lastTick, now) - tick);
        _lastTick = now;
        if (Volatile.Read(ref _isQueued))
            return;
        _queuedAt = now;
        Volatile.Write(ref _isQueued, true);
        enqueue(this);
    }

    void IThreadPoolWorkItem.Execute()
    {
        var delay = time.GetElapsedTime(_queuedAt);
        Volatile.Write(ref _isQueued, false);
        Judge(delay);
    }

    private void Judge(TimeSpan delay)
    {
        if (delay < Longest)
            return;
        string[] handlers = [.. findHandlers(true)];

        // A handler may also block after its first await; but if the pool is idle again, the process stood still.
        if (handlers.Length == 0 && ThreadPool.PendingWorkItemCount > 0 && ThreadPool.ThreadCount > Environment.ProcessorCount)
            handlers = [.. findHandlers(false)];
        if (handlers.Length == 0)
            return;
        diagnostics.BlockedPools.Add();
        if (_episode.Begins())
            diagnostics.Logger.ThreadPoolBlocked(delay, ThreadPool.ThreadCount, HandlerWait.Join(handlers));
    }
}
