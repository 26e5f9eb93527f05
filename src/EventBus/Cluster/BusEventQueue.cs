using System.Diagnostics.CodeAnalysis;
using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>
/// Raises the events of a bus one at a time and in order on the thread pool, so that a subscriber that blocks stops neither the pump nor
/// the heartbeats. Bounded and thread-safe.
/// </summary>
/// <param name="capacity">The number of events that may wait for the subscribers.</param>
/// <param name="diagnostics">Counts, logs and calls the subscribers.</param>
internal sealed class BusEventQueue(int capacity, BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<Action> _events = new();
    private TaskCompletionSource? _idle;
    private bool _isRaising;
    private long _dropped;

    /// <summary>Queues an event. It is dropped if too many wait.</summary>
    public void Raise<T>(Action<T>? subscribers, T value)
    {
        if (subscribers is null)
            return;
        lock (_lock)
        {
            if (_events.Count >= capacity)
            {
                diagnostics.Dropped.Add();
                if (_dropped++ == 0)
                    diagnostics.Logger.BusEventsFull();
                return;
            }

            _events.Enqueue(() => diagnostics.Raise(subscribers, value));
            if (_isRaising)
                return;
            _isRaising = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Completes when no event waits any more.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            if (!_isRaising)
                return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (TryNext(out var next))
            next();
    }

    private bool TryNext([MaybeNullWhen(false)] out Action next)
    {
        lock (_lock)
        {
            if (_events.TryDequeue(out next))
                return true;
            _isRaising = false;
            if (_dropped > 0)
                diagnostics.Logger.BusEventsRecovered(_dropped);
            _dropped = 0;
            _idle?.SetResult();
            _idle = null;
            return false;
        }
    }
}
