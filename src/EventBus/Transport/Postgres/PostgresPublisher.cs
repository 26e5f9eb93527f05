using System.Security.Cryptography;
using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Publishes over one connection and in one order, except for messages inside a caller's transaction. Thread-safe. Its loop starts with the
/// first message.
/// </summary>
internal sealed class PostgresPublisher : IPublishPipeline
{
    private readonly ConnectionOpener _opener;
    private readonly EventBusOptions _options;
    private readonly BusDiagnostics _diagnostics;
    private readonly AttachmentSchema _schema;
    private readonly TransactionPublisher _transactions;
    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly PublishLoop _loop;
    private readonly Lock _endLock = new();
    private Task? _ending;

    /// <param name="dataSource">Opens connections. It is not disposed.</param>
    /// <param name="options">The options of the bus or publisher.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    /// <param name="connectedChanged">Called when the connection is open, and when it is lost.</param>
    /// <param name="home">The database in which the bus listens over another data source; null: over this one, or not at all.</param>
    /// <param name="isNode">Whether the sockets of this process have an event before it is published.</param>
    public PostgresPublisher(
        NpgsqlDataSource dataSource,
        EventBusOptions options,
        TimeProvider time,
        BusDiagnostics diagnostics,
        Action<bool>? connectedChanged = null,
        HomeDatabase? home = null,
        bool isNode = false)
    {
        _opener = home is null
            ? new ConnectionOpener(dataSource, options, time, diagnostics)
            : new ConnectionOpener(dataSource, options, time, diagnostics) { Watch = home.Watch };
        _options = options;
        _diagnostics = diagnostics;
        _schema = new AttachmentSchema(options.TableName);
        var journal = new JournalSetup(options, time, diagnostics.Logger);
        Home = home ?? new HomeDatabase(_opener, new DatabaseAddress(dataSource), options.PublishTimeout, time);
        var transactionJournal = new TransactionJournal(_opener, journal, Source);
        _transactions = new TransactionPublisher(Home, _schema, transactionJournal, options.PublishTimeout, time);
        _queue = new PublishQueue(
            options.PublishQueueMessages, options.PublishQueueBytes, options.PublishWaitingBytes, options.PublishTimeout, time);
        _outcomes = new PublishOutcomes(_queue, options, time, diagnostics, isNode);
        diagnostics.Metrics.Observe("publish", () => _queue.Count);
        var connection = new PublishConnection(_opener, _schema, journal, Source, options, time, diagnostics);
        var session = isNode ? _opener.Watch.Add() : Home.Session;
        _loop = new PublishLoop(_queue, _outcomes, connection, options, time, diagnostics, OnConnectedChanged);
        session.Moved = () =>
        {
            _opener.Distrust(); // An idle connection of a pool may lead to the old server.
            _loop.RequestReopen("The address leads to another server, so the publishing connection is opened again.");
        };
        diagnostics.Metrics.NotificationQueue.Refresh = _loop.RequestCheck;

        void OnConnectedChanged(bool isConnected)
        {
            if (isConnected)
                session.Begin(connection.Database);
            else
                session.End();
            connectedChanged?.Invoke(isConnected);
        }
    }

    /// <summary>The id of this pipeline, which the key of each message contains.</summary>
    public string Source { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The attachment table.</summary>
    public AttachmentSchema Schema => _schema;

    /// <summary>The database in which the node listens, or the publisher publishes.</summary>
    public HomeDatabase Home { get; }

    /// <summary>Opens the connections. It is disposed with the publisher.</summary>
    public ConnectionOpener Opener => _opener;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await StartProbe
                .CheckPublisherAsync(_opener, _schema, _options, _diagnostics.Logger, cancellationToken)
                .ConfigureAwait(false);
            _transactions.Open();
        }
        finally
        {
            _loop.Open();
        }
    }

    /// <summary>Starts to publish, beginning with the messages that are already queued.</summary>
    public void Open()
    {
        _transactions.Open();
        _loop.Open();
    }

    /// <inheritdoc cref="PublishLoop.RequestCheck"/>
    public void RequestCheck() => _loop.RequestCheck();

    /// <inheritdoc cref="PublishLoop.RequestReopen"/>
    public void RequestReopen(string cause) => _loop.RequestReopen(cause);

    /// <inheritdoc cref="PublishLoop.NotifyAsync"/>
    public Task NotifyAsync(string channel) => _loop.NotifyAsync(channel);

    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        _loop.EnsureRunning();
        return _queue.EnqueueAsync(message, cancellationToken);
    }

    public async ValueTask PublishWithinAsync(
        CallerTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            if (_queue.IsClosed)
                throw new EventBusClosedException("The bus or publisher is closed: it publishes no more.");
            if (message.Trace is { } trace)
                await MeasureWithinAsync(trace, transaction, message, cancellationToken).ConfigureAwait(false);
            else
                await _transactions.PublishAsync(transaction, message, cancellationToken).ConfigureAwait(false);
        }
    }

    public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages)
    {
        _loop.EnsureRunning();
        return _outcomes.TryPost(messages);
    }

    public void PostLast(params ReadOnlySpan<OutgoingMessage> messages)
    {
        _loop.EnsureRunning();
        _queue.PostLast(messages);
    }

    public Task DrainAsync(CancellationToken cancellationToken) => _outcomes.DrainAsync(cancellationToken);

    /// <summary>Ends the publishing of <see cref="PublishAsync"/>. Other connections can still be opened.</summary>
    public Task EndAsync()
    {
        lock (_endLock)
            return _ending ??= _loop.DisposeAsync().AsTask();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync().ConfigureAwait(false);
        await _opener.DisposeAsync().ConfigureAwait(false);
    }

    // A method of its own, so that its closure is allocated only if somebody observes the event.
    private Task MeasureWithinAsync(
        SentTrace trace, CallerTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken) =>
        _outcomes.MeasureAsync(trace, () => _transactions.PublishAsync(transaction, message, cancellationToken));
}
