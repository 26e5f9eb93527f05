using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>The bounded queue between whoever delivers to a socket and its handlers: never blocks, drops the newest when full, hands over one at a time and in order.</summary>
internal sealed class SocketQueue(string socketId, int capacity, BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    // Set while handlers run, so that a handler that closes its own socket does not wait for itself. What a handler has begun and left behind knows by IsOver that it is outside.
    private static readonly AsyncLocal<Run?> Running = new();

    private readonly Lock _lock = new();
    private readonly Queue<(SocketHandler Handler, object Decoded, PendingAck? Ack)> _items = new();
    private TaskCompletionSource? _idle;
    private long _dropped;
    private bool _draining;
    private bool _completed;

    /// <summary>Whether the caller is a handler, or was called by one: it must not wait for what waits for handlers.</summary>
    public static bool IsInsideHandler => Running.Value is { IsOver: false };

    /// <summary>Whether it takes no more events and has handed over all that it took.</summary>
    public bool IsDone
    {
        get
        {
            lock (_lock)
                return _completed && !_draining;
        }
    }

    /// <summary>Does something that waits for all handlers, the calling one among them. The caller must not wait for it.</summary>
    public static T OutsideHandlers<T>(Func<T> act)
    {
        var running = Running.Value;
        Running.Value = null;
        try
        {
            return act();
        }
        finally
        {
            Running.Value = running;
        }
    }

    /// <summary>Queues an event for a handler; false where it was dropped.</summary>
    public bool TryEnqueue(SocketHandler handler, object decoded, PendingAck? ack = null)
    {
        lock (_lock)
        {
            if (_completed)
                return false;
            if (_items.Count >= capacity)
            {
                diagnostics.Dropped.Add();
                if (_dropped++ == 0)
                    diagnostics.Logger.SocketQueueFull(socketId);
                return false;
            }

            _items.Enqueue((handler, decoded, ack));
            if (_draining)
                return true;
            _draining = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Takes no more events and completes when those that are queued were handed over (inside a handler of this queue: at once).</summary>
    public Task CompleteAsync()
    {
        lock (_lock)
        {
            _completed = true;
            if (!_draining || (Running.Value is { IsOver: false } run && run.Queue == this))
                return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    // DrainAsync observes every exception itself and signals its end through _idle, so nobody needs its task.
    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private async Task DrainAsync()
    {
        var run = new Run(this);
        Running.Value = run;
        while (TryDequeue(run, out var item))
        {
            try
            {
                await item.Handler.InvokeAsync(item.Decoded, item.Ack).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (item.Handler.IsStopping)
            {
                diagnostics.Logger.HandlerStopped(exception, socketId);
            }
            catch (Exception exception) // Whatever a handler throws concerns neither the next event nor the other sockets.
            {
                diagnostics.HandlerFailures.Add();
                diagnostics.Logger.HandlerThrew(exception, socketId);
                diagnostics.Report(exception);
            }
        }
    }

    private bool TryDequeue(Run run, out (SocketHandler Handler, object Decoded, PendingAck? Ack) item)
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_items.TryDequeue(out item))
                return true;
            _draining = false;
            run.IsOver = true;
            idle = _idle;
            if (_dropped > 0)
                diagnostics.Logger.SocketQueueRecovered(socketId, _dropped);
            _dropped = 0;
        }

        idle?.TrySetResult();
        return false;
    }

    /// <summary>One run through the queue, from an event that found it idle until it is empty.</summary>
    private sealed class Run(SocketQueue queue)
    {
        private volatile bool _isOver;

        public SocketQueue Queue { get; } = queue;

        public bool IsOver
        {
            get => _isOver;
            set => _isOver = value;
        }
    }
}
