using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One member of the cluster: its memberships, its heartbeats, and the receiver of its transport.</summary>
internal sealed class ClusterNode : ITransportReceiver, IAsyncDisposable
{
    private static readonly TimeSpan StepGrace = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    private readonly ITransport _transport;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly string _source;
    private readonly BusEventQueue _events;
    private readonly Admission _admission;
    private readonly ClusterContext _context;
    private readonly Heartbeats _heartbeats;
    private readonly UnreadableSources _unreadable;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _laterStart = Task.CompletedTask;
    private bool _isStopping;

    public ClusterNode(ITransport transport, string source, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        _transport = transport;
        _source = source;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        Uid = options.Uid ?? throw new ArgumentException("A node needs a uid.", nameof(options));
        _events = new BusEventQueue(options.SocketQueueEvents, diagnostics);
        State = new BusStateMachine(_events, diagnostics);
        _admission = new Admission(transport.Backends, time, diagnostics);
        _stop = _stopping.Token;
        _context = new ClusterContext
        {
            Transport = transport,
            Options = options,
            Time = time,
            Diagnostics = diagnostics,
            Pressure = new ReceivePressure(options.SocketQueueEvents, options.SocketOverflowBytes, options.ReceivePauseTimeout, time),
            Reception = new Reception(transport, TickOf(options.HeartbeatInterval), options.HeartbeatTimeout, time),
            HandlerWait = new HandlerWait(options.StopTimeout, time, diagnostics),
            Begun = _begun.Task,
            Started = _started.Task,
            Stop = _stop,
        };
        Memberships = new Memberships(CreateAdapter, _context);
        _heartbeats = new Heartbeats(_context);
        Replay = new Replay(transport, options.ChannelPrefix, time);
        diagnostics.Metrics.Observe("socket", () => Memberships.All().Sum(static membership => membership.Adapter.WaitingEvents));
        _unreadable = new UnreadableSources(options.TableName, diagnostics);
    }

    public event Action<EventGap>? GapDetected;

    public event Action<LostAttachment>? AttachmentLost;

    public string Uid { get; }

    public BusStateMachine State { get; }

    /// <summary>Whether a stop has published the queued messages and released the transport.</summary>
    public bool HasLeft => _left.Task.IsCompleted;

    /// <summary>Tells of the events that arrive.</summary>
    public EventArrivals Arrivals { get; } = new();

    /// <summary>The bus namespaces of this node.</summary>
    public Memberships Memberships { get; }

    /// <summary>Reads journaled events.</summary>
    public Replay Replay { get; }

    /// <summary>Returns the adapter of a namespace. The first call begins to join it.</summary>
    /// <exception cref="ArgumentException">The channel of the namespace is not valid.</exception>
    public ClusterAdapter Adapter(string busNamespace) => Memberships.Of(busNamespace).Adapter;

    /// <summary>
    /// Starts receiving and joins the main namespace. With <see cref="EventBusOptions.AllowDegradedStart"/> it completes after the first
    /// attempt, and further ones follow in the background.
    /// </summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        State.Begin();
        _begun.TrySetResult();
        await BackgroundWork.Run(() => StartOnceAsync(cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Completes when the transport has started. It is cancelled when the node stops before.</summary>
    public Task Started => _started.Task;

    private async Task StartOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (_options.AllowDegradedStart && !_stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var failures = new StartFailures(_diagnostics, _time, BusLog.StartsDegraded);
            failures.Add(exception);
            _laterStart = ConnectLaterAsync(failures);
        }
    }

    // After a failure it can be called again.
    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        if (!_started.Task.IsCompletedSuccessfully)
        {
            await _transport.StartAsync(this, cancellationToken).ConfigureAwait(false);
            if (!_started.TrySetResult())
                throw new EventBusClosedException("The bus was stopped while it started.");
            _heartbeats.Start();
        }

        await Memberships.Of(EventBusDefaults.Namespace).Joined.WaitAsync(cancellationToken).ConfigureAwait(false);
        State.SetReady();
    }

    // Any cause may pass: the server starts, the database is created, a right is granted.
    private async Task ConnectLaterAsync(StartFailures failures)
    {
        var backoff = new Backoff(Random.Shared);
        while (!_stop.IsCancellationRequested)
        {
            await Task.Delay(backoff.Next(), _time, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await ConnectAsync(_stop).ConfigureAwait(false);
                return;
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                // The loop ends.
            }
            catch (Exception exception)
            {
                failures.Add(exception);
            }
        }
    }

    /// <summary>
    /// Publishes the queued messages, leaves the cluster, and releases everything. It never fails, and ends when the token is cancelled or
    /// after <see cref="EventBusOptions.StopTimeout"/>: messages that are not published by then are dropped, handlers that do not return
    /// are named, and connections that hang are closed in the background.
    /// </summary>
    /// <remarks>Inside a handler it does not wait for handlers, and for nothing if it was called before.</remarks>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!Interlocked.Exchange(ref _isStopping, true))
        {
            State.TryEnd(BusState.Stopping);
            _begun.TrySetResult();
            var stopping = BackgroundWork.Run(() => StopOnceAsync(cancellationToken));
            await (HandlerRun.IsInside ? _left.Task : stopping).ConfigureAwait(false);
        }
        else if (!HandlerRun.IsInside)
        {
            await _stopped.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.StopTimeout, _time);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);

        // Handlers have the token, and their callbacks may throw or block.
        await TryAsync(_stopping.CancelAsync, limit.Token).ConfigureAwait(false);
        var hasStarted = !_started.TrySetCanceled(_stop);
        await TryAsync(() => _laterStart, limit.Token).ConfigureAwait(false);
        await TryAsync(() => _heartbeats.DisposeAsync().AsTask(), limit.Token).ConfigureAwait(false);

        var memberships = Memberships.All();
        OutgoingMessage[] closing = [.. memberships.Select(m => m.Adapter.Close())];

        // If the start failed, no peer knows this node, and queued messages would only wait until they expire.
        if (hasStarted)
        {
            await TryAsync(
                () =>
                {
                    _transport.Publisher.PostLast(closing);
                    return _transport.Publisher.DrainAsync(limit.Token);
                },
                limit.Token).ConfigureAwait(false);
        }
        else
        {
            foreach (var message in closing)
                message.Dispose();
        }

        await TryAsync(() => _transport.DisposeAsync().AsTask(), limit.Token).ConfigureAwait(false);
        _left.SetResult();
        _diagnostics.Rejections.Losses.End();

        var ending = Task.WhenAll(memberships.Select(static membership => membership.EndAsync()));
        await ending.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (ending.IsCompleted)
            _stopping.Dispose();
        else
            _context.HandlerWait.Report(memberships.SelectMany(static membership => membership.Adapter.FindRunning()));
        State.TryEnd(BusState.Stopped);
        await _events.WhenIdleAsync().WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopped.SetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    bool ITransportReceiver.IsCongested => _context.Pressure.IsCongested;

    Task ITransportReceiver.WaitUntilRelievedAsync(CancellationToken giveUp) => _context.Pressure.WaitAsync(giveUp);

    bool ITransportReceiver.HasRequests(string busNamespace) =>
        _context.Listening.TryGetValue(busNamespace, out var adapter) && adapter.OpenRequests > 0;

    void ITransportReceiver.OnMessage(ClusterMessage message)
    {
        if (message.Type.IsEvent())
            Arrivals.Arrived(message.Namespace);
        if (message.IsAttached)
            _unreadable.Read(message.Key.Source);
        if (_context.Listening.TryGetValue(message.Namespace, out var adapter))
            PumpCall.Run(adapter.Inbox, message, static (inbox, message) => inbox.Take(message));
    }

    void ITransportReceiver.OnOwnEvent(string busNamespace) => Arrivals.Arrived(busNamespace);

    void ITransportReceiver.OnGap(EventGap gap) => _events.Raise(GapDetected, gap);

    void ITransportReceiver.OnAttachmentLost(LostAttachment attachment)
    {
        _unreadable.Lost(attachment.Source);
        _events.Raise(AttachmentLost, attachment);
    }

    void ITransportReceiver.OnConnectedChanged(bool connected)
    {
        _context.Reception.SetConnected(connected);
        State.SetConnected(connected);
    }

    void ITransportReceiver.OnListeningAgain()
    {
        Arrivals.MayHaveArrived();
        _heartbeats.Announce();
    }

    /// <summary>Does a step of the stop. If it is not done in time, it goes on in the background.</summary>
    private async Task TryAsync(Func<Task> step, CancellationToken limit)
    {
        var doing = DoAsync();
        await doing.WaitAsync(limit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // A step that does not hang ends at once, even if there is no time at all.
        if (!doing.IsCompleted)
            await doing.WaitAsync(StepGrace, _time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        async Task DoAsync()
        {
            try
            {
                await step().ConfigureAwait(false);
            }
            catch (Exception exception) // Whatever fails, the stop goes on.
            {
                _diagnostics.Logger.StopDisturbed(exception);
                _diagnostics.Report(exception);
            }
        }
    }

    private static TimeSpan TickOf(TimeSpan interval) => interval / 5 < LongestTick ? interval / 5 : LongestTick;

    private ClusterAdapter CreateAdapter(string busNamespace)
    {
        var encoder = new MessageEncoder(new MessageEncoderOptions
        {
            Channel = ChannelName.Of(_options.ChannelPrefix, busNamespace),
            Namespace = busNamespace,
            Uid = Uid,
            Source = _source,
            PayloadThreshold = _options.PayloadThreshold,
        });
        return new ClusterAdapter(
            encoder, _transport, _options, _context.Pressure, _context.Reception, _admission, _events, _time, _diagnostics);
    }
}
