using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>
/// The bounded queue of the events that a socket's handlers have not handled yet. It never blocks, and calls the handlers for one event at
/// a time, in order. Thread-safe.
/// </summary>
/// <remarks>
/// What happens to an event that finds the queue full depends on the policy. With <see cref="SlowSocketPolicy.WaitThenDropNewest"/>, an
/// event that the pump delivers is accepted, and the pump waits before the next one. If the pump has given up on the queue, or an emitter
/// of this process delivers the event, the event is dropped.
/// </remarks>
/// <param name="socketId">The socket's id, for log messages.</param>
/// <param name="pressure">The bounds, and the queues that the pump waits for.</param>
/// <param name="diagnostics">Counts, logs and reports.</param>
/// <param name="policy">What happens if the queue is full.</param>
/// <param name="disconnect">Disconnects the socket, for the policy that does it. Called outside the lock.</param>
internal sealed class SocketQueue(
    string socketId,
    ReceivePressure pressure,
    BusDiagnostics diagnostics,
    SlowSocketPolicy policy = SlowSocketPolicy.WaitThenDropNewest,
    Action? disconnect = null) : IThreadPoolWorkItem
{
    // Other queues may use the thread after this many events. Otherwise a few queues could keep all threads in a flood.
    private const int EventsPerTurn = 512;

    private readonly Lock _lock = new();
    private readonly EventBacklog _events = new(pressure.MaxEvents, pressure.MaxOverflow);
    private long _handled;
    private Congestion? _congestion;
    private TaskCompletionSource? _idle;
    private HandlerRun? _run;
    private QueuedEvent? _running;
    private bool _isDraining;
    private bool _isCompleted;
    private bool _holdsThread;

    /// <summary>The number of events that wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _events.Count;
        }
    }

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

            // Before the first event of a turn the queue waits for a thread.
            return running is { } handled ? Describe(handled) : $"queued events of socket {socketId}";
        }
    }

    /// <summary>The name of the running handler; null if no handler runs, or if it waits for a thread.</summary>
    /// <param name="holdingThread">Whether it must hold a thread: it has not returned, or not awaited anything yet.</param>
    public string? FindHandler(bool holdingThread)
    {
        if (holdingThread && !Volatile.Read(ref _holdsThread))
            return null;
        lock (_lock)
            return _running is { } running ? Describe(running) : null;
    }

    /// <summary>Queues an event for a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="decoded">The event.</param>
    /// <param name="size">The number of bytes of the encoded event.</param>
    /// <param name="canWait">Whether the pump delivers the event and can wait before the next one.</param>
    /// <param name="ack">The ack, if one is requested.</param>
    /// <param name="trace">Follows the event; null if nobody listens.</param>
    /// <returns>False if the event was dropped.</returns>
    public bool TryEnqueue(
        SocketHandler handler, object decoded, int size, bool canWait, PendingAck? ack = null, ReceivedTrace? trace = null)
    {
        var added = new QueuedEvent(handler, decoded, ack, Trace: trace);
        var drop = default(Drop);
        bool isFirst;
        lock (_lock)
        {
            if (_isCompleted)
                return false;
            if (!_events.IsFull || TryExceed(canWait))
                _events.Add(added, size);
            else
                drop = MakeRoom(added, size);
            isFirst = !_isDraining;
            _isDraining = true; // A full queue is draining already.
        }

        if (drop.Events > 0)
            Report(drop);
        if (isFirst)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return !drop.IsOfNewest;
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
        if (policy != SlowSocketPolicy.WaitThenDropNewest || !canWait || _congestion.HasGivenUp)
            return false;
        if (_congestion.IsAwaited)
            return true;
        if (!_congestion.WasAwaited)
            diagnostics.Logger.SocketQueueAwaited(socketId, _events.Count);
        _congestion.Await(_handled);
        pressure.Add(this);
        return true;
    }

    /// <summary>Drops events of the full queue.</summary>
    private Drop MakeRoom(in QueuedEvent added, int size)
    {
        var isFirst = _congestion!.Dropped == 0;
        List<QueuedEvent>? observed = null;
        var events = 1;
        if (policy == SlowSocketPolicy.DropOldest)
        {
            events = _events.Replace(added, size, ref observed);
        }
        else
        {
            if (policy == SlowSocketPolicy.Disconnect)
            {
                events += _events.Count;
                _events.Clear(ref observed);
                _isCompleted = true;
            }

            if (added.Trace is not null)
                (observed ??= []).Add(added);
        }

        _congestion.Dropped += events;
        return new Drop(events, isFirst, IsOfNewest: policy != SlowSocketPolicy.DropOldest, observed);
    }

    private void Report(in Drop drop)
    {
        diagnostics.Dropped.Add(drop.Events);
        foreach (var dropped in drop.Observed ?? [])
        {
            // The caller gives up the ack of the newest event. A socket that is disconnected gives up its own acks.
            if (!drop.IsOfNewest)
                dropped.Ack?.GiveUp();
            if (dropped.Trace is not { } trace)
                continue;
            trace.HasFailed = true;
            if (BusTraces.HasListeners) // Labels cost something, and events are dropped in a flood.
                diagnostics.Observer.Drop(trace, dropped.Handler.LabelsOf(dropped.Decoded));
        }

        if (policy == SlowSocketPolicy.Disconnect)
        {
            diagnostics.DisconnectedSockets.Add();
            diagnostics.Logger.SocketDisconnected(socketId, drop.Events);
            diagnostics.Report(new EventsDroppedException(
                $"Socket {socketId} was disconnected because its queue was full; {drop.Events} events were dropped."));
            disconnect?.Invoke();
        }
        else if (drop.IsFirst)
        {
            var which = drop.IsOfNewest ? "newest" : "oldest";
            diagnostics.Logger.SocketQueueFull(socketId, which);
            diagnostics.Report(new EventsDroppedException(
                $"The queue of socket {socketId} is full: its {which} events are dropped until it has drained."));
        }
    }

    private async Task DrainAsync()
    {
        var run = _run = HandlerRun.BeginOrGoOn(_run);
        for (var handled = 0; !TryEndTurn(handled) && TryDequeue(run, out var next); handled++)
        {
            if (next.Handler.Opening is { } opening)
                await opening.ConfigureAwait(false); // The event still waits: the time and the activity of the handler have not begun.
            using var observed = next.Trace is { } trace ? diagnostics.Observer.Handle(trace, next.Handler.LabelsOf(next.Decoded)) : null;
            try
            {
                await CallAsync(next).ConfigureAwait(false);
            }
            catch (OperationCanceledException exception) when (next.Handler.IsStopping)
            {
                diagnostics.Logger.HandlerStopped(exception, socketId);
            }
            catch (TakenFailureException taken)
            {
                observed?.Fail(taken.Failure);
            }
            catch (Exception exception) // An exception of a handler concerns neither the next event nor other sockets.
            {
                observed?.Fail(exception);
                diagnostics.HandlerFailures.Add();
                diagnostics.Logger.HandlerThrew(exception, Describe(next));
                diagnostics.Report(exception);
            }
        }
    }

    private bool TryEndTurn(int handled)
    {
        if (handled < EventsPerTurn)
            return false;
        lock (_lock)
            _running = null;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    private ValueTask CallAsync(in QueuedEvent next)
    {
        Volatile.Write(ref _holdsThread, true);
        try
        {
            return next.Handler.InvokeAsync(next.Decoded, next.Ack);
        }
        finally
        {
            Volatile.Write(ref _holdsThread, false);
        }
    }

    private bool TryDequeue(HandlerRun run, out QueuedEvent next)
    {
        TaskCompletionSource? idle;
        lock (_lock)
        {
            if (_events.TryTake(out next))
            {
                _running = next;
                _handled++;
                if (_events.IsHalfDrained)
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

    private string Describe(in QueuedEvent handled) => $"{handled.Handler.Describe(handled.Decoded)} of socket {socketId}";

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

    /// <param name="Events">The number of dropped events.</param>
    /// <param name="IsFirst">Whether they are the first of their episode.</param>
    /// <param name="IsOfNewest">Whether the new event is among them.</param>
    /// <param name="Observed">The dropped events with an ack or a trace.</param>
    private readonly record struct Drop(int Events, bool IsFirst, bool IsOfNewest, List<QueuedEvent>? Observed);
}
