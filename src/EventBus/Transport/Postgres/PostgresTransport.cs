using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>The transport over PostgreSQL: composes the publisher, the listener, the pump and the sweeper.</summary>
internal sealed class PostgresTransport : ITransport
{
    /// <summary>The most connections of a node.</summary>
    public const int Connections = Workers + 2;

    /// <summary>
    /// The connections beside the listening and the publishing one. Reading attachments never takes all of them, because it may wait for
    /// the handlers.
    /// </summary>
    private const int Workers = 2;

    /// <summary>The most connections that read attachments at the same time.</summary>
    private const int MaxReads = Workers - 1;

    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly AttachmentSchema _schema;
    private readonly Func<long, Task>? _beforeAttachmentIsReady;
    private readonly ReceiveQueue<Notification> _queue;
    private readonly PostgresPublisher _publisher;
    private readonly WorkerConnections _workers;
    private readonly SeparateListener? _separate;
    private readonly NotificationListener _listener;
    private readonly AttachmentSweeper _sweeper;
    private readonly AttachmentIndex _index;
    private readonly Backends _backends;
    private readonly AttachmentBudget _attachments;
    private readonly Lock _lock = new();
    private NotificationPump? _pump;
    private bool _isListening;
    private bool _isPublishing;
    private bool _isConnected;

    /// <param name="dataSource">Opens connections. It is not disposed.</param>
    /// <param name="options">The options of the bus.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    /// <param name="beforeAttachmentIsReady">Delays attachments in tests.</param>
    public PostgresTransport(
        NpgsqlDataSource dataSource,
        EventBusOptions options,
        TimeProvider time,
        BusDiagnostics diagnostics,
        Func<long, Task>? beforeAttachmentIsReady = null)
    {
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _beforeAttachmentIsReady = beforeAttachmentIsReady;
        _queue = new ReceiveQueue<Notification>(options.ReceiveQueueMessages);
        diagnostics.Metrics.Observe("receive", () => _queue.Waiting);
        _separate = SeparateListener.Of(options, time, diagnostics);
        _publisher = new PostgresPublisher(dataSource, options, time, diagnostics, OnPublishingChanged, _separate?.Home, isNode: true);
        _schema = _publisher.Schema;
        _workers = new WorkerConnections(_publisher.Opener, Workers);
        Journal = new PostgresJournal(_workers, options);
        _backends = new Backends(_workers.ReadRolesAsync, _queue.Wake, time, diagnostics.Logger);
        _attachments = new AttachmentBudget(options.AttachmentBytes, time);
        _listener = new NotificationListener(
            _separate?.Opener ?? _publisher.Opener,
            _separate?.Probes ?? _workers,
            _workers,
            options,
            time,
            diagnostics,
            _queue,
            _publisher,
            OnListeningChanged);
        _sweeper = new AttachmentSweeper(_workers, _schema, options.CleanupInterval, time, diagnostics);
        _index = new AttachmentIndex(_workers, _schema, time, diagnostics);
    }

    public IPublishPipeline Publisher => _publisher;

    public ReceptionProgress Progress => _queue.Progress;

    public Backends Backends => _backends;

    public IJournal Journal { get; }

    /// <summary>The id of the publisher, which the key of each message contains.</summary>
    public string Source => _publisher.Source;

    public async Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken)
    {
        var table = await StartProbe
            .CheckNodeAsync(_publisher.Opener, _schema, _options, _diagnostics.Logger, cancellationToken)
            .ConfigureAwait(false);
        if (_separate is not null)
            await _separate.CheckAsync(cancellationToken).ConfigureAwait(false);
        if (_pump is null) // else an earlier start has failed
        {
            var tracker = new SequenceTracker(Source, _backends, _options.HeartbeatInterval, _queue.Wake, _time, _diagnostics);
            _pump = new NotificationPump(
                _queue, receiver, Source, CreateReadAhead(), _sweeper.AttachmentSeen, tracker, _time, _diagnostics);
            _pump.Start();
        }

        await _listener.StartAsync(cancellationToken).ConfigureAwait(false);
        if (_separate is not null)
            await _separate.EndProbesAsync().ConfigureAwait(false);
        _publisher.Open();
        _sweeper.Start();
        if (_options.CreateTable && table is { HasIndex: false, IsOwner: true })
            _index.Start();
    }

    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken) =>
        _listener.ListenAsync(channel, busNamespace, cancellationToken);

    public async Task UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        var busNamespace = await _listener.UnlistenAsync(channel, cancellationToken).ConfigureAwait(false);
        if (busNamespace is not null && _pump is not null)
            await _pump.EndAsync(busNamespace).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="PublishLoop.RequestCheck"/>
    public void RequestCheck() => _publisher.RequestCheck();

    /// <summary>
    /// Ends the loops, side by side, and closes the connections. Over a dead link each loop ends only after a limit of its own;
    /// connections that hang longer are closed in the background.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var publishing = _publisher.EndAsync();
        var maintenance = Task.WhenAll(_index.DisposeAsync().AsTask(), _sweeper.DisposeAsync().AsTask());
        await _listener.DisposeAsync().ConfigureAwait(false);
        if (_pump is not null)
            await _pump.DisposeAsync().ConfigureAwait(false);
        await _backends.DisposeAsync().ConfigureAwait(false);
        _queue.Dispose();
        await maintenance.ConfigureAwait(false);
        await _workers.DisposeAsync().ConfigureAwait(false);
        await publishing.ConfigureAwait(false);
        await _publisher.DisposeAsync().ConfigureAwait(false);
        if (_separate is not null)
            await _separate.DisposeAsync().ConfigureAwait(false);
    }

    private AttachmentReadAhead CreateReadAhead()
    {
        var reader = new AttachmentReader(_workers, _schema, _attachments, _time, _diagnostics, _beforeAttachmentIsReady);
        return new AttachmentReadAhead(reader, _attachments, MaxReads, _queue.Wake);
    }

    private void OnListeningChanged(bool isListening)
    {
        if (!isListening)
        {
            // If the server crashed, it may have lost the last rows, and give their ids to new ones. Process ids begin anew, too.
            _attachments.Clear();
            _queue.AddStateChange(_ => _backends.Forget());
            if (_separate is not null)
                _publisher.Opener.Distrust(); // The listener distrusts only its own connections.
            _publisher.RequestCheck();
        }

        lock (_lock)
        {
            _isListening = isListening;
            ReportConnected();
        }
    }

    private void OnPublishingChanged(bool isPublishing)
    {
        lock (_lock)
        {
            _isPublishing = isPublishing;
            ReportConnected();
        }
    }

    private void ReportConnected()
    {
        var isConnected = _isListening && _isPublishing;
        if (isConnected == _isConnected)
            return;
        _isConnected = isConnected;
        _queue.AddStateChange(receiver => receiver.OnConnectedChanged(isConnected));
    }
}
