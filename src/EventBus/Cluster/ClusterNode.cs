using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One member of the cluster: its adapters, its signs of life, and what its transport receives.</summary>
internal sealed class ClusterNode : ITransportReceiver, IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly ClusterSettings _settings;
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

    public ClusterNode(ITransport transport, string source, ClusterSettings settings, TimeProvider time, BusDiagnostics diagnostics)
    {
        _transport = transport;
        _source = source;
        _settings = settings;
        _time = time;
        _diagnostics = diagnostics;
        State = new BusStateMachine(diagnostics);
        _stop = _stopping.Token;
        _context = new ClusterContext
        {
            Transport = transport,
            Settings = settings,
            Time = time,
            Diagnostics = diagnostics,
            Pressure = new ReceivePressure(settings.SocketQueueEvents, settings.SocketOverflowBytes, settings.ReceivePauseTimeout, time),
            Started = _started.Task,
            Stop = _stop,
        };
        Memberships = new Memberships(CreateAdapter, _context);
        _heartbeats = new Heartbeats(_context);
    }

    public event Action<EventGap>? GapDetected;

    public event Action<LostAttachment>? AttachmentLost;

    public string Uid => _settings.Uid;

    public BusStateMachine State { get; }

    /// <summary>The bus namespaces that this node is in.</summary>
    public Memberships Memberships { get; }

    /// <summary>The adapter of a namespace, which this node begins to join when it is first asked for.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
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
        State.Ready();
    }

    /// <summary>Publishes what was emitted before, says goodbye, and leaves nothing behind. Cancelling it gives up on what is not published yet.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_stopLock)
        {
            if (_stopped is null)
                return _stopped = StopOnceAsync(cancellationToken);
        }

        // It waits for the handlers.
        if (SocketQueue.IsInsideHandler)
            return Task.CompletedTask;
        return _stopped.WaitAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        State.End(BusState.Stopping);
        await CancelAsync().ConfigureAwait(false);
        var hasStarted = !_started.TrySetCanceled(_stop);
        await _heartbeats.DisposeAsync().ConfigureAwait(false);

        var memberships = Memberships.All();
        OutgoingMessage[] goodbyes = [.. memberships.Select(m => m.Adapter.Close())];
        try
        {
            // Where the start failed nobody knows this node, and what was emitted would only wait until it expires.
            if (hasStarted)
            {
                _transport.Publisher.PostLast(goodbyes);
                await _transport.Publisher.DrainAsync(cancellationToken).ConfigureAwait(false);
            }
            else
            {
                foreach (var goodbye in goodbyes)
                    goodbye.Dispose();
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
            State.End(BusState.Stopped);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    bool ITransportReceiver.IsCongested => _context.Pressure.IsCongested;

    Task ITransportReceiver.WaitUntilRelievedAsync(CancellationToken giveUp) => _context.Pressure.WaitAsync(giveUp);

    void ITransportReceiver.OnMessage(ClusterMessage message)
    {
        if (_context.Listening.TryGetValue(message.Namespace, out var adapter))
            adapter.OnMessage(message);
    }

    void ITransportReceiver.OnGap(EventGap gap) => _diagnostics.Raise(GapDetected, gap);

    void ITransportReceiver.OnAttachmentLost(LostAttachment attachment) => _diagnostics.Raise(AttachmentLost, attachment);

    void ITransportReceiver.OnConnectedChanged(bool connected) => State.Connected(connected);

    void ITransportReceiver.OnListeningAgain() => _heartbeats.Announce();

    private async Task CancelAsync()
    {
        try
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) // Handlers have the token, and what they register with it may throw anything: the stop goes on.
        {
            _diagnostics.Logger.StopDisturbed(exception);
            _diagnostics.Report(exception);
        }
    }

    private ClusterAdapter CreateAdapter(string busNamespace)
    {
        var encoder = new MessageEncoder(new MessageEncoderOptions
        {
            Channel = ChannelName.Of(_settings.ChannelPrefix, busNamespace),
            Namespace = busNamespace,
            Uid = _settings.Uid,
            Source = _source,
            PayloadThreshold = _settings.PayloadThreshold,
        });
        return new ClusterAdapter(encoder, _transport, _settings, _context.Pressure, _time, _diagnostics);
    }
}
