using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One member of the cluster: its memberships, its heartbeats, and the receiver of its transport.</summary>
internal sealed class ClusterNode : ITransportReceiver, IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly string _source;
    private readonly ClusterContext _context;
    private readonly Heartbeats _heartbeats;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private readonly Lock _stopLock = new();
    private Task? _stopped;

    public ClusterNode(ITransport transport, string source, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        _transport = transport;
        _source = source;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        Uid = options.Uid ?? throw new ArgumentException("A node needs a uid.", nameof(options));
        State = new BusStateMachine(diagnostics);
        _stop = _stopping.Token;
        _context = new ClusterContext
        {
            Transport = transport,
            Options = options,
            Time = time,
            Diagnostics = diagnostics,
            Pressure = new ReceivePressure(options.SocketQueueEvents, options.SocketOverflowBytes, options.ReceivePauseTimeout, time),
            Started = _started.Task,
            Stop = _stop,
        };
        Memberships = new Memberships(CreateAdapter, _context);
        _heartbeats = new Heartbeats(_context);
    }

    public event Action<EventGap>? GapDetected;

    public event Action<LostAttachment>? AttachmentLost;

    public string Uid { get; }

    public BusStateMachine State { get; }

    /// <summary>The bus namespaces of this node.</summary>
    public Memberships Memberships { get; }

    /// <summary>Returns the adapter of a namespace. The first call begins to join it.</summary>
    /// <exception cref="ArgumentException">The channel of the namespace is not valid.</exception>
    public ClusterAdapter Adapter(string busNamespace) => Memberships.Of(busNamespace).Adapter;

    /// <summary>Starts receiving and joins the main namespace.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        State.Begin();
        await _transport.StartAsync(this, cancellationToken).ConfigureAwait(false);
        if (!_started.TrySetResult())
            throw new EventBusClosedException("The bus was stopped while it started.");
        _heartbeats.Start();
        await Memberships.Of(EventBusDefaults.Namespace).Joined.WaitAsync(cancellationToken).ConfigureAwait(false);
        State.SetReady();
    }

    /// <summary>
    /// Publishes the queued messages, leaves the cluster, and releases everything. Cancellation drops messages that are not published yet.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopLock)
        {
            if (_stopped is null)
                return _stopped = StopOnceAsync(cancellationToken);
        }

        // The stop waits for the handlers.
        if (HandlerRun.IsInside)
            return Task.CompletedTask;
        return _stopped.WaitAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        State.TryEnd(BusState.Stopping);
        await CancelAsync().ConfigureAwait(false);
        var hasStarted = !_started.TrySetCanceled(_stop);
        await _heartbeats.DisposeAsync().ConfigureAwait(false);

        var memberships = Memberships.All();
        OutgoingMessage[] closing = [.. memberships.Select(m => m.Adapter.Close())];
        try
        {
            // If the start failed, no peer knows this node, and queued messages would only wait until they expire.
            if (hasStarted)
            {
                _transport.Publisher.PostLast(closing);
                await _transport.Publisher.DrainAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                foreach (var message in closing)
                    message.Dispose();
            }
        }
        finally
        {
            await _transport.DisposeAsync().ConfigureAwait(false);
            foreach (var membership in memberships)
            {
                await membership.Joined.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await membership.EndAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _stopping.Dispose();
            State.TryEnd(BusState.Stopped);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    bool ITransportReceiver.IsCongested => _context.Pressure.IsCongested;

    Task ITransportReceiver.WaitUntilRelievedAsync(CancellationToken giveUp) => _context.Pressure.WaitAsync(giveUp);

    void ITransportReceiver.OnMessage(ClusterMessage message)
    {
        if (_context.Listening.TryGetValue(message.Namespace, out var adapter))
            adapter.Inbox.Take(message);
    }

    void ITransportReceiver.OnGap(EventGap gap) => _diagnostics.Raise(GapDetected, gap);

    void ITransportReceiver.OnAttachmentLost(LostAttachment attachment) => _diagnostics.Raise(AttachmentLost, attachment);

    void ITransportReceiver.OnConnectedChanged(bool connected) => State.SetConnected(connected);

    void ITransportReceiver.OnListeningAgain() => _heartbeats.Announce();

    private async Task CancelAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) // Handlers have the token, and their callbacks may throw anything; the stop goes on.
        {
            _diagnostics.Logger.StopDisturbed(exception);
            _diagnostics.Report(exception);
        }
    }

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
        return new ClusterAdapter(encoder, _transport, _options, _context.Pressure, _time, _diagnostics);
    }
}
