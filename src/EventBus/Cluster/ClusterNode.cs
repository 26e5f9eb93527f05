using System.Collections.Concurrent;
using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One member of the cluster: its adapters, its signs of life, and what its transport receives.</summary>
internal sealed class ClusterNode : ITransportReceiver, IAsyncDisposable
{
    // Ready is: one's own announcement came back, and then for this long no further node was heard. There is no telling how many will answer.
    private static readonly TimeSpan QuietAfterAnnouncement = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestFirstRound = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan JoinRetry = TimeSpan.FromMilliseconds(250);

    private readonly ITransport _transport;
    private readonly ClusterSettings _settings;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly string _source;
    private readonly ConcurrentDictionary<string, Membership> _memberships = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private readonly Lock _ticking = new();
    private readonly Lock _stopLock = new();
    private Task? _stopped;
    private ITimer? _timer;

    public ClusterNode(ITransport transport, string source, ClusterSettings settings, TimeProvider time, BusDiagnostics diagnostics)
    {
        _transport = transport;
        _source = source;
        _settings = settings;
        _time = time;
        _diagnostics = diagnostics;
        State = new BusStateMachine(diagnostics);
        _stop = _stopping.Token;
    }

    public event Action<EventGap>? GapDetected;

    public event Action<LostAttachment>? AttachmentLost;

    public string Uid => _settings.Uid;

    public BusStateMachine State { get; }

    /// <summary>The adapter of a namespace, which this node begins to join when it is first asked for.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    public ClusterAdapter Adapter(string busNamespace) => MembershipOf(busNamespace).Adapter;

    /// <summary>Completes when this node is a member of the namespace.</summary>
    public Task JoinAsync(string busNamespace) => MembershipOf(busNamespace).Joined;

    /// <summary>Starts receiving and joins the main namespace.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        State.Begin();
        await _transport.StartAsync(this, cancellationToken).ConfigureAwait(false);
        if (!_started.TrySetResult())
            throw new EventBusClosedException("The bus was stopped while it started.");
        var tick = TimeSpan.FromTicks(Math.Min(LongestTick.Ticks, _settings.HeartbeatInterval.Ticks / 5));
        _timer = _time.CreateTimer(static node => ((ClusterNode)node!).Tick(), this, tick, tick);
        await JoinAsync(EventBusDefaults.Namespace).WaitAsync(cancellationToken).ConfigureAwait(false);
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

        return _stopped.WaitAsync(cancellationToken);
    }

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        State.End(BusState.Stopping);
        await _stopping.CancelAsync().ConfigureAwait(false);
        var hasStarted = !_started.TrySetCanceled(_stop);
        if (_timer is not null)
            await _timer.DisposeAsync().ConfigureAwait(false);

        var memberships = _memberships.Values.ToArray();
        OutgoingMessage[] goodbyes = [.. memberships.Select(m => m.Adapter.Close())];
        try
        {
            // Where the start failed nobody knows this node, and what was emitted would only wait until it expires.
            if (hasStarted)
            {
                _transport.PostLast(goodbyes);
                await _transport.DrainAsync(cancellationToken).ConfigureAwait(false);
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
                await membership.Adapter.DisconnectSocketsAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            _stopping.Dispose();
            State.End(BusState.Stopped);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None).ConfigureAwait(false);

    void ITransportReceiver.OnMessage(ClusterMessage message)
    {
        if (_memberships.TryGetValue(message.Namespace, out var membership))
            membership.Adapter.OnMessage(message);
    }

    void ITransportReceiver.OnGap(EventGap gap) => _diagnostics.Raise(GapDetected, gap);

    void ITransportReceiver.OnAttachmentLost(LostAttachment attachment) => _diagnostics.Raise(AttachmentLost, attachment);

    void ITransportReceiver.OnConnectedChanged(bool connected) => State.Connected(connected);

    void ITransportReceiver.OnListeningAgain() =>
        _transport.TryPost([.. _memberships.Values.Select(m => m.Adapter.Life.Announce())]);

    private Membership MembershipOf(string busNamespace)
    {
        var membership = _memberships.GetOrAdd(busNamespace, static (name, node) => new Membership(node, name), this);
        membership.BeginToJoin();
        return membership;
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
        return new ClusterAdapter(encoder, _transport, _settings, _time, _diagnostics);
    }

    private async Task JoinAsync(ClusterAdapter adapter)
    {
        try
        {
            await _started.Task.ConfigureAwait(false);
            await PatientlyAsync(
                adapter, () => new ValueTask(_transport.ListenAsync(adapter.Encoder.Options.Channel, adapter.Encoder.Options.Namespace, _stop))).ConfigureAwait(false);
            while (!adapter.Life.Announced.IsCompleted)
            {
                // The announcement itself may be lost with the listening connection: then say it again.
                await PatientlyAsync(adapter, () => _transport.PublishAsync(adapter.Life.Announce(), _stop)).ConfigureAwait(false);
                await adapter.Life.Announced.WaitAsync(_settings.HeartbeatInterval, _time, _stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _stop.ThrowIfCancellationRequested();
            }

            await FirstRoundAsync(adapter).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new EventBusClosedException($"The bus was stopped before it had joined '{adapter.Encoder.Options.Namespace}'.");
        }
    }

    private async Task FirstRoundAsync(ClusterAdapter adapter)
    {
        var announced = _time.GetTimestamp();
        int version;
        do
        {
            version = adapter.Peers.Version;
            await Task.Delay(QuietAfterAnnouncement, _time, _stop).ConfigureAwait(false);
        }
        while (adapter.Peers.Version != version && _time.GetElapsedTime(announced) < LongestFirstRound);
    }

    // What keeps a node from joining now may pass: it goes on trying until it is stopped.
    private async Task PatientlyAsync(ClusterAdapter adapter, Func<ValueTask> attempt)
    {
        while (true)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (EventBusException exception) when (exception.IsTransient || exception is EventOutcomeUnknownException)
            {
                _diagnostics.Logger.JoinDelayed(exception, adapter.Encoder.Options.Namespace);
                await Task.Delay(JoinRetry, _time, _stop).ConfigureAwait(false);
            }
        }
    }

    // The reference sends a heartbeat per namespace when it was silent there for an interval. So does this, but those that were silent for half of it go along. Of two
    // groups a part of an interval apart one is always that far, so they merge, and an idle node writes one transaction per interval, however many its namespaces.
    private void Tick()
    {
        if (!_ticking.TryEnter())
            return;
        try
        {
            var adapters = _memberships.Values.Where(m => m.Joined.IsCompletedSuccessfully).Select(m => m.Adapter).ToArray();
            foreach (var adapter in adapters)
                adapter.Peers.Expire();
            if (adapters.Any(a => a.Life.Silence >= _settings.HeartbeatInterval))
            {
                var due = adapters.Where(a => a.Life.Silence >= _settings.HeartbeatInterval / 2);
                _transport.TryPost([.. due.Select(a => a.Life.Beat())]);
            }
        }
        catch (Exception exception) // A timer's callback that throws would end the process.
        {
            _diagnostics.Report(exception);
        }
        finally
        {
            _ticking.Exit();
        }
    }

    /// <summary>An adapter, and this node's way into its namespace.</summary>
    private sealed class Membership
    {
        private readonly Lazy<Task> _joined;

        public Membership(ClusterNode node, string busNamespace)
        {
            Adapter = node.CreateAdapter(busNamespace);
            _joined = new Lazy<Task>(() => node.JoinAsync(Adapter));
        }

        public ClusterAdapter Adapter { get; }

        public Task Joined => _joined.Value;

        // Not in the constructor: of two made at once for one name, only the one that is kept may join.
        public void BeginToJoin() => _ = _joined.Value;
    }
}
