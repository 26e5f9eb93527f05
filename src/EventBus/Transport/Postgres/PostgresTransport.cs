using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>A node's way out and in over PostgreSQL: composes the publisher, the listener, the pump and the sweeper.</summary>
internal sealed class PostgresTransport : ITransport
{
    private const int MaxReads = 4;

    private readonly NpgsqlDataSource _dataSource;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly AttachmentSchema _schema;
    private readonly Func<long, Task>? _beforeAttachmentIsReady;
    private readonly ReceiveQueue<Notification> _queue;
    private readonly PostgresPublisher _publisher;
    private readonly NotificationListener _listener;
    private readonly SweepRhythm _sweeps;
    private readonly AttachmentSweeper _sweeper;
    private readonly Lock _lock = new();
    private NotificationPump? _pump;
    private bool _isListening;
    private bool _isPublishing;
    private bool _isConnected;

    /// <param name="dataSource">Where connections come from; it is not disposed.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">What is counted, logged and reported.</param>
    /// <param name="beforeAttachmentIsReady">Delays attachments, in tests.</param>
    public PostgresTransport(
        NpgsqlDataSource dataSource, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Func<long, Task>? beforeAttachmentIsReady = null)
    {
        _dataSource = dataSource;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _beforeAttachmentIsReady = beforeAttachmentIsReady;
        _schema = new AttachmentSchema(options.TableName);
        _queue = new ReceiveQueue<Notification>(options.ReceiveQueueMessages);
        _publisher = new PostgresPublisher(dataSource, options, time, diagnostics, OnPublishingChanged);
        _listener = new NotificationListener(dataSource, options, time, diagnostics, _queue, _publisher.Source, OnListeningChanged);
        _sweeps = new SweepRhythm(options.CleanupInterval, time, Random.Shared);
        _sweeper = new AttachmentSweeper(dataSource, _schema, options.CleanupInterval, _sweeps, diagnostics);
    }

    public IPublishPipeline Publisher => _publisher;

    /// <summary>The id of the publisher, in every message's key.</summary>
    public string Source => _publisher.Source;

    public async Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken)
    {
        var table = await StartProbe.CheckNodeAsync(_dataSource, _schema, _options, _diagnostics.Logger, cancellationToken).ConfigureAwait(false);
        var budget = new AttachmentBudget(_options.AttachmentBytes);
        var reader = new AttachmentReader(_dataSource, _schema, budget, _time, _diagnostics, _beforeAttachmentIsReady);
        var maxPoolSize = new NpgsqlConnectionStringBuilder(_dataSource.ConnectionString).MaxPoolSize;
        _pump = new NotificationPump(_queue, receiver, Source, reader, budget, Math.Clamp(maxPoolSize - 3, 1, MaxReads), _sweeps.Seen, _time, _diagnostics);
        _pump.Start();
        await _listener.StartAsync(cancellationToken).ConfigureAwait(false);
        _publisher.Open(table.Name);
        _sweeper.Start();
    }

    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken) =>
        _listener.ListenAsync(channel, busNamespace, cancellationToken);

    public async Task UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        var busNamespace = await _listener.UnlistenAsync(channel, cancellationToken).ConfigureAwait(false);
        if (busNamespace is not null && _pump is not null)
            await _pump.EndAsync(busNamespace).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks the publishing connection soon.</summary>
    public void Doubt() => _publisher.Doubt();

    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await _publisher.DisposeAsync().ConfigureAwait(false);
        await _listener.DisposeAsync().ConfigureAwait(false);
        if (_pump is not null)
            await _pump.DisposeAsync().ConfigureAwait(false);
        _queue.Dispose();
    }

    private void OnListeningChanged(bool isListening)
    {
        if (!isListening)
            _publisher.Doubt();
        lock (_lock)
        {
            _isListening = isListening;
            TellConnected();
        }
    }

    private void OnPublishingChanged(bool isPublishing)
    {
        lock (_lock)
        {
            _isPublishing = isPublishing;
            TellConnected();
        }
    }

    private void TellConnected()
    {
        var isConnected = _isListening && _isPublishing;
        if (isConnected == _isConnected)
            return;
        _isConnected = isConnected;
        _queue.Tell(receiver => receiver.OnConnectedChanged(isConnected));
    }
}
