namespace EventBus.Rooms;

/// <summary>
/// The bounds of a node's socket queues, and the full queues that the pump waits for before it delivers the next message. Thread-safe.
/// </summary>
/// <remarks>
/// A wait ends when all these queues have drained to half, or when the pump has given up on the others (<see cref="Congestion"/>). So a
/// slow socket delays the other sockets of the node for a limited time, and drops its own events afterwards.
/// </remarks>
/// <param name="maxEvents">The number of events that a queue holds, regardless of their size.</param>
/// <param name="maxOverflow">The number of bytes that a queue holds beyond them.</param>
/// <param name="longestWait">The longest time for which the pump waits for one queue before it has drained.</param>
/// <param name="time">The clock.</param>
internal sealed class ReceivePressure(int maxEvents, int maxOverflow, TimeSpan longestWait, TimeProvider time)
{
    /// <summary>The interval at which the pump checks the queues that it waits for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly List<SocketQueue> _congested = [];
    private TaskCompletionSource _relieved = new();
    private volatile bool _isCongested;

    /// <summary>The number of events that a queue holds, regardless of their size.</summary>
    public int MaxEvents { get; } = maxEvents;

    /// <summary>The number of bytes that a queue holds beyond <see cref="MaxEvents"/>; the last event may exceed it.</summary>
    public int MaxOverflow { get; } = maxOverflow;

    /// <summary>The longest time for which the pump waits for one queue before it has drained.</summary>
    public TimeSpan LongestWait { get; } = longestWait;

    /// <summary>Whether the pump must wait before it delivers the next message.</summary>
    public bool IsCongested => _isCongested;

    /// <summary>Adds a full queue. The caller holds the queue's lock.</summary>
    public void Add(SocketQueue queue)
    {
        lock (_lock)
        {
            if (_congested.Count == 0)
                _relieved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _congested.Add(queue);
            _isCongested = true;
        }
    }

    /// <summary>Removes a queue that the pump need not wait for any longer. The caller holds the queue's lock.</summary>
    public void Remove(SocketQueue queue)
    {
        lock (_lock)
        {
            if (!_congested.Remove(queue) || _congested.Count > 0)
                return;
            _isCongested = false;
            _relieved.SetResult();
        }
    }

    /// <summary>Completes when there is no queue to wait for.</summary>
    /// <param name="giveUp">When cancelled, the pump gives up on every queue at once.</param>
    public async Task WaitAsync(CancellationToken giveUp)
    {
        var since = time.GetTimestamp();
        while (_isCongested)
        {
            var (relieved, queues) = Snapshot();
            await relieved.WaitAsync(Interval, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = time.GetTimestamp();
            foreach (var queue in queues)
                queue.AddInterval(time.GetElapsedTime(since, now), giveUp.IsCancellationRequested);
            since = now;
        }
    }

    private (Task Relieved, SocketQueue[] Queues) Snapshot()
    {
        lock (_lock)
            return (_relieved.Task, [.. _congested]);
    }
}
