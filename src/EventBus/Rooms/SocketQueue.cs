using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>
/// The bounded queue in front of a socket's handlers: never blocks, and calls them for one event at a time, in order. Thread-safe.
/// </summary>
/// <remarks>
/// Beyond <see cref="ReceivePressure.MaxEvents"/> the events that wait are bounded in bytes. An event that the pump delivers to a full
/// queue is still taken, and then the pump waits, unless it has waited for long enough: then the event is dropped, as is one that an
/// emitter of this process delivers, which must not wait.
/// </remarks>
/// <param name="socketId">The socket's id, for log messages.</param>
/// <param name="pressure">The bounds, and the pump that waits for full queues.</param>
/// <param name="diagnostics">Counts, logs and reports.</param>
internal sealed class SocketQueue(string socketId, ReceivePressure pressure, BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    /// <summary>
    /// What an event in the overflow counts beside its encoded size: its entry here, and the objects that its decoded form begins with.
    /// </summary>
    public const int BytesPerEvent = 128;

    // Set while handlers run, so that a handler that closes its own socket does not wait for itself. A task that a handler has begun and
    // left behind knows by IsOver that it is outside.
    private static readonly AsyncLocal<Run?> Running = new();

    private readonly Lock _lock = new();
    private readonly Queue<QueuedEvent> _events = new();
    private long _overflow; // the bytes of the events that came when MaxEvents were waiting
    private long _handled;
    private Congestion? _congestion;
    private TaskCompletionSource? _idle;
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

    /// <summary>Queues an event for a handler; false if it was dropped.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="decoded">The event.</param>
    /// <param name="size">The number of bytes of the encoded event.</param>
    /// <param name="canWait">Whether the pump delivers it, which can wait before the next one.</param>
    /// <param name="ack">The ack that is awaited.</param>
    public bool TryEnqueue(SocketHandler handler, object decoded, int size, bool canWait, PendingAck? ack = null)
    {
        long dropped = 0;
        lock (_lock)
        {
            if (_completed)
                return false;
            var overflow = _events.Count < pressure.MaxEvents ? 0 : size + BytesPerEvent;
            if (overflow == 0 || _overflow < pressure.MaxOverflow || TryExceed(canWait))
            {
                _overflow += overflow;
                _events.Enqueue(new QueuedEvent(handler, decoded, ack, overflow));
                if (_draining)
                    return true;
                _draining = true;
            }
            else
            {
                dropped = ++_congestion!.Dropped;
            }
        }

        if (dropped > 0)
        {
            ReportDropped(isFirst: dropped == 1);
            return false;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>Counts an interval in which the pump has waited for this queue.</summary>
    /// <param name="interval">The length of the interval.</param>
    /// <param name="giveUp">Whether the pump must not wait any longer.</param>
    public void AddInterval(TimeSpan interval, bool giveUp)
    {
        lock (_lock)
        {
            _congestion?.AddInterval(interval, _handled, giveUp);
            if (_congestion is { HasGivenUp: true })
                pressure.Remove(this);
        }
    }

    /// <summary>
    /// Takes no more events and completes when those that are queued were handed over (inside a handler of this queue: at once).
    /// </summary>
    public Task CompleteAsync()
    {
        lock (_lock)
        {
            _completed = true;
            Relieve();
            if (!_draining || (Running.Value is { IsOver: false } run && run.Queue == this))
                return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    // DrainAsync observes every exception itself and signals its end through _idle, so nobody needs its task.
    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private bool TryExceed(bool canWait)
    {
        if (_congestion is null)
        {
            _congestion = new Congestion(pressure.LongestWait);
            if (canWait)
                diagnostics.Logger.SocketQueueAwaited(socketId, _events.Count);
        }

        if (!canWait || _congestion.HasGivenUp)
            return false;
        if (!_congestion.IsAwaited)
        {
            _congestion.Await(_handled);
            pressure.Add(this);
        }

        return true;
    }

    private void ReportDropped(bool isFirst)
    {
        diagnostics.Dropped.Add();
        if (!isFirst)
            return;
        diagnostics.Logger.SocketQueueFull(socketId);
        diagnostics.Report(
            new EventsDroppedException($"The queue of socket {socketId} is full: its newest events are dropped until it has drained."));
    }

    private async Task DrainAsync()
    {
        var run = new Run(this);
        Running.Value = run;
        while (TryDequeue(run, out var next))
        {
            try
            {
                await next.Handler.InvokeAsync(next.Decoded, next.Ack).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (next.Handler.IsStopping)
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

    private bool TryDequeue(Run run, out QueuedEvent next)
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_events.TryDequeue(out next))
            {
                _handled++;
                _overflow -= next.Overflow;
                if (_overflow <= pressure.MaxOverflow / 2)
                    Relieve();
                return true;
            }

            _draining = false;
            run.IsOver = true;
            idle = _idle;
            EndCongestion();
        }

        idle?.TrySetResult();
        return false;
    }

    private void Relieve()
    {
        if (_congestion is not { IsAwaited: true } congestion)
            return;
        congestion.Relieve();
        pressure.Remove(this);
    }

    private void EndCongestion()
    {
        if (_congestion is not { } ended)
            return;
        _congestion = null;
        diagnostics.Logger.SocketQueueDrained(socketId, ended.Dropped, ended.Waited);
    }

    /// <param name="Handler">The handler.</param>
    /// <param name="Decoded">The event.</param>
    /// <param name="Ack">The ack that is awaited.</param>
    /// <param name="Overflow">The number of bytes that it counts in the overflow.</param>
    private readonly record struct QueuedEvent(SocketHandler Handler, object Decoded, PendingAck? Ack, int Overflow);

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
