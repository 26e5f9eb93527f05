using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>
/// The bounded queue of the events that a socket's handlers have not handled yet. It never blocks, and calls the handlers for one event at
/// a time, in order. Thread-safe.
/// </summary>
/// <remarks>
/// Beyond <see cref="ReceivePressure.MaxEvents"/> the queue is bounded in bytes. If the pump delivers an event that does not fit, the event
/// is accepted, and the pump waits before the next one. If the pump has given up on the queue, or an emitter of this process delivers the
/// event, the event is dropped.
/// </remarks>
/// <param name="socketId">The socket's id, for log messages.</param>
/// <param name="pressure">The bounds, and the queues that the pump waits for.</param>
/// <param name="diagnostics">Counts, logs and reports.</param>
internal sealed class SocketQueue(string socketId, ReceivePressure pressure, BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    /// <summary>The bytes that an event counts in the overflow beside its encoded size: its queue entry, and the decoded objects.</summary>
    public const int BytesPerEvent = 128;

    private readonly Lock _lock = new();
    private readonly Queue<QueuedEvent> _events = new();
    private long _overflow; // the bytes of the events that arrived when MaxEvents were queued
    private long _handled;
    private Congestion? _congestion;
    private TaskCompletionSource? _idle;
    private QueuedEvent? _running;
    private bool _isDraining;
    private bool _isCompleted;

    /// <summary>The name of the handler that runs; null if none does.</summary>
    public string? Running
    {
        get
        {
            QueuedEvent? running;
            lock (_lock)
            {
                if (!_isDraining)
                    return null;
                running = _running;
            }

            // Before its first event the queue waits for a thread.
            return $"{running?.Handler.Describe(running.Value.Decoded) ?? "queued events"} of socket {socketId}";
        }
    }

    /// <summary>Queues an event for a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="decoded">The event.</param>
    /// <param name="size">The number of bytes of the encoded event.</param>
    /// <param name="canWait">Whether the pump delivers the event and can wait before the next one.</param>
    /// <param name="ack">The ack, if one is requested.</param>
    /// <returns>False if the event was dropped.</returns>
    public bool TryEnqueue(SocketHandler handler, object decoded, int size, bool canWait, PendingAck? ack = null)
    {
        long dropped = 0;
        lock (_lock)
        {
            if (_isCompleted)
                return false;
            var overflow = _events.Count < pressure.MaxEvents ? 0 : size + BytesPerEvent;
            if (overflow == 0 || _overflow < pressure.MaxOverflow || TryExceed(canWait))
            {
                _overflow += overflow;
                _events.Enqueue(new QueuedEvent(handler, decoded, ack, overflow));
                if (_isDraining)
                    return true;
                _isDraining = true;
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

    /// <summary>Accepts no more events. Completes when the queued events are handled.</summary>
    public Task CompleteAsync()
    {
        lock (_lock)
        {
            _isCompleted = true;
            Relieve();
            if (!_isDraining)
                return Task.CompletedTask;
            return (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    // DrainAsync observes every exception and signals its end through _idle, so its task can be discarded.
    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private bool TryExceed(bool canWait)
    {
        _congestion ??= new Congestion(pressure.LongestWait);
        if (!canWait || _congestion.HasGivenUp)
            return false;
        if (_congestion.IsAwaited)
            return true;
        if (!_congestion.WasAwaited)
            diagnostics.Logger.SocketQueueAwaited(socketId, _events.Count);
        _congestion.Await(_handled);
        pressure.Add(this);
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
        var run = HandlerRun.Begin();
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
            catch (Exception exception) // An exception of a handler concerns neither the next event nor other sockets.
            {
                diagnostics.HandlerFailures.Add();
                diagnostics.Logger.HandlerThrew(exception, socketId);
                diagnostics.Report(exception);
            }
        }
    }

    private bool TryDequeue(HandlerRun run, out QueuedEvent next)
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_events.TryDequeue(out next))
            {
                _running = next;
                _handled++;
                _overflow -= next.Overflow;
                if (_overflow <= pressure.MaxOverflow / 2)
                    Relieve();
                return true;
            }

            _isDraining = false;
            _running = null;
            run.End();
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
    /// <param name="Ack">The ack, if one is requested.</param>
    /// <param name="Overflow">The number of bytes that it counts in the overflow.</param>
    private readonly record struct QueuedEvent(SocketHandler Handler, object Decoded, PendingAck? Ack, int Overflow);
}
