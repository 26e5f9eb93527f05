using System.Collections.Concurrent;
using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Owns the one connection that listens: reads it, checks it when it is silent, and restores it when it is lost.</summary>
/// <remarks>
/// Waits are finite and never cancelled, for a cancelled one can hang. To interrupt one, the listener is notified on a channel of its own, over another connection.
/// </remarks>
internal sealed class NotificationListener : IAsyncDisposable
{
    // At the start nothing is lost by waiting for a server that is busy; later another connection may be better.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceiveQueue<Notification> _queue;
    private readonly Action<bool> _listeningChanged;
    private readonly ReadingPause _pause;
    private readonly string _wakeChannel;
    private readonly Backoff _backoff = new(Random.Shared);
    private readonly AbandonedConnections _abandoned = new();
    private readonly ConcurrentDictionary<string, string> _namespaces = new();
    private readonly ConcurrentQueue<ListenRequest> _requests = new();
    private readonly TaskCompletionSource _wakeArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private Task? _loop;
    private Task _check = Task.CompletedTask; // the last check, which may hang
    private volatile bool _isListening;
    private bool _isDisposed;

    public NotificationListener(
        NpgsqlDataSource dataSource, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, ReceiveQueue<Notification> queue, string source, Action<bool> listeningChanged)
    {
        _dataSource = dataSource;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _queue = queue;
        _listeningChanged = listeningChanged;
        _pause = new ReadingPause(queue, ReadQueueUsageAsync, options.ReceivePauseTimeout, time, diagnostics);
        _wakeChannel = $"eventbus-wake#{source}";
    }

    /// <summary>Listens, and proves that notifications arrive.</summary>
    /// <exception cref="EventBusStartException">They do not.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        NpgsqlConnection connection;
        try
        {
            connection = await OpenAsync(StartPatience, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventBusStartException($"PostgreSQL cannot be listened to: {exception.Message}", exception, isTransient: true);
        }

        _loop = Task.Run(() => RunAsync(connection), CancellationToken.None);
        await StartProbe.ProveArrivalAsync(_dataSource, _wakeChannel, _wakeArrived.Task, _time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Listens to a channel; completes when the server has confirmed it.</summary>
    public Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken)
    {
        var request = new ListenRequest($"LISTEN {SqlIdentifier.Quote(channel)}", channel);
        _namespaces[channel] = busNamespace;
        return RequestAsync(request, cancellationToken);
    }

    /// <summary>Stops listening to a channel; completes when the server has confirmed it. Without a connection at once, for what it had listened to has ended with it.</summary>
    /// <returns>The bus namespace it stood for, or null where it was not listened to.</returns>
    public async Task<string?> UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        var request = new ListenRequest($"UNLISTEN {SqlIdentifier.Quote(channel)}", channel) { IsEnd = true };
        _namespaces.TryRemove(channel, out var busNamespace);
        await RequestAsync(request, cancellationToken).ConfigureAwait(false);
        return busNamespace;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;

        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.WakeListener();
        await WakeAsync().ConfigureAwait(false);
        if (_loop is not null)
            await _loop.ConfigureAwait(false);
        while (_requests.TryDequeue(out var request))
            request.Done.TrySetException(new EventBusClosedException("The bus was closed."));
        await _pause.DisposeAsync().ConfigureAwait(false);
        await _abandoned.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RequestAsync(ListenRequest request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _requests.Enqueue(request);
        if (!_isListening)
            EndUnlistening();
        await WakeAsync().ConfigureAwait(false);
        await request.Done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the listener's wait. Where that fails the database is not there, and the wait ends soon by itself.</summary>
    private async Task WakeAsync()
    {
        _queue.WakeListener();
        if (!_isListening)
            return;
        using var farewell = new CancellationTokenSource(Farewell, _time);
        await StartProbe.NotifyAsync(_dataSource, _wakeChannel, farewell.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(NpgsqlConnection connection)
    {
        for (var isFirst = true; !_stopping.IsCancellationRequested; isFirst = false)
        {
            try
            {
                if (!isFirst)
                    connection = await OpenAgainAsync().ConfigureAwait(false);
                _isListening = true;
                _listeningChanged(true);
                await ReadAsync(connection).ConfigureAwait(false);
                await SayFarewellAsync(connection).ConfigureAwait(false);
                await connection.CloseQuietlyAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception exception) // Whatever went wrong with the connection, a new one may do.
            {
                await LoseAsync(connection, exception).ConfigureAwait(false);
            }
        }

        _isListening = false;
    }

    private async Task<NpgsqlConnection> OpenAgainAsync()
    {
        var connection = await OpenAsync(_options.KeepAliveInterval, _stopping.Token).ConfigureAwait(false);
        _backoff.Reset();
        _diagnostics.Reconnects.Add();
        _diagnostics.Logger.ListeningAgain(_namespaces.Count);
        _queue.Tell(static receiver => receiver.OnListeningAgain());
        return connection;
    }

    private async Task LoseAsync(NpgsqlConnection connection, Exception exception)
    {
        var delay = _backoff.Next();
        if (!_isListening)
        {
            _diagnostics.Logger.ListenerRetries(delay, exception.Message);
        }
        else
        {
            _isListening = false;
            EndUnlistening();
            _listeningChanged(false);

            // Where it recovers, what it still delivers comes over the next connection too.
            connection.Notification -= OnNotification;
            _abandoned.Add(connection, _check);
            if (!_stopping.IsCancellationRequested)
            {
                _diagnostics.Logger.ListenerLost(exception);
                _diagnostics.Report(exception);
            }
        }

        await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<NpgsqlConnection> OpenAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var connection = await _dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            connection.Notification += OnNotification;
            var session = new NpgsqlBatch(connection) { Timeout = patience.ToWholeSeconds() };
            await using (session.ConfigureAwait(false))
            {
                session.BatchCommands.Add(new NpgsqlBatchCommand(ListenerSession.SetSql));
                session.BatchCommands.Add(new NpgsqlBatchCommand($"LISTEN {SqlIdentifier.Quote(_wakeChannel)}"));
                foreach (var channel in _namespaces.Keys)
                    session.BatchCommands.Add(new NpgsqlBatchCommand($"LISTEN {SqlIdentifier.Quote(channel)}"));
                await session.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return connection;
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Reads until the bus stops; throws when the connection is lost.</summary>
    private async Task ReadAsync(NpgsqlConnection connection)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await AnswerRequestsAsync(connection).ConfigureAwait(false);
            if (await _pause.TryWaitAsync().ConfigureAwait(false))
                continue;
            if (!await connection.WaitAsync(_options.KeepAliveInterval, CancellationToken.None).ConfigureAwait(false))
                await CheckAsync(connection).ConfigureAwait(false);
        }
    }

    /// <summary>Without a connection there is nothing to wait for. The requests stay: the next connection may just be listening to what it was told before.</summary>
    private void EndUnlistening()
    {
        foreach (var request in _requests)
        {
            if (request.IsEnd)
                request.Done.TrySetResult();
        }
    }

    private async Task AnswerRequestsAsync(NpgsqlConnection connection)
    {
        while (_requests.TryPeek(out var request))
        {
            if (request.IsEnd && _namespaces.ContainsKey(request.Channel))
            {
                // It is listened to again, since it ended without a connection.
                request.Done.TrySetResult();
                _requests.TryDequeue(out _);
                continue;
            }

            var command = new NpgsqlCommand(request.Sql, connection) { CommandTimeout = _options.KeepAliveInterval.ToWholeSeconds() };
            try
            {
                await using (command.ConfigureAwait(false))
                    await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
                request.Done.TrySetResult();
            }
            catch (PostgresException exception) when (connection.IsUsable)
            {
                request.Done.TrySetException(new EventBusStartException($"PostgreSQL refused to listen: {exception.MessageText}", exception, exception.IsTransient));
            }

            _requests.TryDequeue(out _);
        }
    }

    private async Task<double> ReadQueueUsageAsync()
    {
        var command = _dataSource.CreateCommand("SELECT pg_notification_queue_usage()");
        await using (command.ConfigureAwait(false))
        {
            command.CommandTimeout = _options.KeepAliveInterval.ToWholeSeconds();
            return await command.ExecuteScalarAsync(_stopping.Token).ConfigureAwait(false) is double usage ? usage : 0;
        }
    }

    /// <summary>Asks a silent connection for a sign of life. A wait that ended in the middle of a message has broken it: then this fails at once.</summary>
    private async Task CheckAsync(NpgsqlConnection connection)
    {
        _check = connection.CheckAsync(_options.KeepAliveInterval);
        await _check.WaitAsync(_options.KeepAliveInterval, _time).ConfigureAwait(false);
    }

    /// <summary>The connection goes back to the pool, which would let it listen on until it is next used.</summary>
    private static async Task SayFarewellAsync(NpgsqlConnection connection)
    {
        var session = new NpgsqlBatch(connection) { Timeout = Farewell.ToWholeSeconds() };
        await using (session.ConfigureAwait(false))
        {
            session.BatchCommands.Add(new NpgsqlBatchCommand("UNLISTEN *"));
            session.BatchCommands.Add(new NpgsqlBatchCommand(ListenerSession.ResetSql));
            await session.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        if (_namespaces.TryGetValue(notification.Channel, out var busNamespace))
            _pause.Add(new Notification(busNamespace, notification.Payload));
        else if (notification.Channel == _wakeChannel)
            _wakeArrived.TrySetResult();
    }

    /// <summary>A change that waits for the listener to look up from its reading.</summary>
    private sealed record ListenRequest(string Sql, string Channel)
    {
        public bool IsEnd { get; init; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
