using EventBus.Diagnostics;

namespace EventBus.Transport.InMemory;

/// <summary>The transport within one process: composes the publisher, the listener and the pump.</summary>
internal sealed class InMemoryTransport : ITransport
{
    private readonly InMemoryDatabase _database;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceiveQueue<StoredNotification> _queue;
    private readonly InMemoryPublisher _publisher;
    private readonly InMemoryListener _listener;
    private readonly Backends _backends;
    private readonly TimeSpan _heartbeatInterval;
    private InMemoryPump? _pump;

    /// <param name="database">The database of the cluster.</param>
    /// <param name="options">The options of the bus.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    public InMemoryTransport(InMemoryDatabase database, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        _database = database;
        _time = time;
        _diagnostics = diagnostics;
        _queue = new ReceiveQueue<StoredNotification>(options.ReceiveQueueMessages);
        diagnostics.Metrics.Observe("receive", () => _queue.Waiting);
        _publisher = new InMemoryPublisher(database, options, time, diagnostics, isNode: true);
        _backends = new Backends(database.ReadRolesAsync, _queue.Wake, time, diagnostics.Logger);
        Journal = new InMemoryReplay(database);
        _heartbeatInterval = options.HeartbeatInterval;
        _listener = new InMemoryListener(options.Uid!, _queue, diagnostics);
    }

    public IPublishPipeline Publisher => _publisher;

    public ReceptionProgress Progress => _queue.Progress;

    public Backends Backends => _backends;

    public IJournal Journal { get; }

    /// <summary>The id of the publisher, which the key of each message contains.</summary>
    public string Source => _publisher.Source;

    public Task StartAsync(ITransportReceiver receiver, CancellationToken cancellationToken)
    {
        if (!_database.TryAdd(_listener))
            return Task.FromException(new EventBusStartException("The in-memory cluster is down.", isTransient: true));
        var tracker = new SequenceTracker(Source, _backends, _heartbeatInterval, _queue.Wake, _time, _diagnostics);
        _pump = new InMemoryPump(_database, _queue, receiver, Source, tracker, _time, _diagnostics);
        _publisher.Open();
        return Task.CompletedTask;
    }

    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken) =>
        _listener.ListenAsync(channel, busNamespace, cancellationToken);

    public async Task UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        var busNamespace = _database.Unlisten(_listener, channel);
        if (busNamespace is not null && _pump is not null)
            await _pump.EndAsync(busNamespace).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync().ConfigureAwait(false);
        _listener.Close();
        _database.Remove(_listener);
        if (_pump is not null)
            await _pump.DisposeAsync().ConfigureAwait(false);
        await _backends.DisposeAsync().ConfigureAwait(false);
        _queue.Dispose();
    }
}
