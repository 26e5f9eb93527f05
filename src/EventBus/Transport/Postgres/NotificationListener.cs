using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>A received notification, or the end of listening to a namespace, in its order.</summary>
/// <param name="Namespace">The bus namespace of the channel.</param>
/// <param name="Payload">The text; null at the end of listening.</param>
/// <param name="Pid">The backend that has sent it.</param>
/// <param name="Ended">Completed when all notifications before the end of listening are delivered.</param>
/// <param name="Arrived">When it arrived; 0 if nobody measures it.</param>
internal readonly record struct Notification(
    string Namespace, string? Payload, int Pid = 0, TaskCompletionSource? Ended = null, long Arrived = 0);

/// <summary>Owns the connection that listens: reads it, checks it while it is silent, and restores it if it is lost.</summary>
/// <remarks>
/// The listener waits inside Npgsql, and its waits are never cancelled. To interrupt a wait, it is notified over another connection, on a
/// channel of its own.
/// </remarks>
internal sealed class NotificationListener : IAsyncDisposable
{
    // At the start a busy server costs nothing but time. After a reconnect, another connection may respond sooner.
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(1);

    /// <summary>The share of the keepalive interval in which a notification must arrive before the connection is checked.</summary>
    private const int ArrivalShare = 6;

    private readonly ConnectionOpener _opener;
    private readonly WorkerConnections _probes;
    private readonly WorkerConnections _workers;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly ReceiveQueue<Notification> _queue;
    private readonly Action<bool> _listeningChanged;
    private readonly ReadingPause _pause;
    private readonly ArrivalCheck _arrivals;
    private readonly Action<string> _reopenPublisher;
    private readonly WatchedSession _database;
    private readonly ListenedChannels _channels = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task? _loop;
    private volatile ListenerSession? _session;
    private volatile bool _isListening;
    private bool _wasDeaf;
    private int _readInTurn;
    private bool _isDisposed;

    /// <param name="opener">Opens the listening connection.</param>
    /// <param name="probes">Connections of the same address, which show at the start if there is a pooler in transaction mode.</param>
    /// <param name="workers">Send the notifications that wake the listener.</param>
    /// <param name="options">The options of the bus.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    /// <param name="queue">Takes the notifications.</param>
    /// <param name="publisher">The publisher of this node: its source is part of the name of its own channel.</param>
    /// <param name="listeningChanged">Called when the connection is open, and when it is lost.</param>
    public NotificationListener(
        ConnectionOpener opener,
        WorkerConnections probes,
        WorkerConnections workers,
        EventBusOptions options,
        TimeProvider time,
        BusDiagnostics diagnostics,
        ReceiveQueue<Notification> queue,
        PostgresPublisher publisher,
        Action<bool> listeningChanged)
    {
        _opener = opener;
        _probes = probes;
        _workers = workers;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _queue = queue;
        _listeningChanged = listeningChanged;
        _pause = new ReadingPause(queue, ReadQueueUsageAsync, options.ReceivePauseTimeout, time, diagnostics);
        _arrivals = new ArrivalCheck($"eventbus-wake#{publisher.Source}", publisher.NotifyAsync);
        _reopenPublisher = publisher.RequestReopen;
        _database = publisher.Home.Session;
        _database.Moved = () => _session?.Move();
    }

    /// <summary>Listens, and checks that notifications arrive. After a failure it can be called again.</summary>
    /// <exception cref="EventBusStartException">They do not arrive.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_loop is null)
        {
            var session = await OpenFirstAsync(cancellationToken).ConfigureAwait(false);
            _loop = BackgroundWork.Run(() => RunAsync(session));
        }

        await ArrivalProbe.CheckArrivalAsync(_workers, _arrivals.Channel, _arrivals.First, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ListenerSession> OpenFirstAsync(CancellationToken cancellationToken)
    {
        ListenerSession session;
        try
        {
            session = await OpenAsync(StartTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventBusStartException(
                $"The listening connection to PostgreSQL failed: {exception.Message}", exception, isTransient: true);
        }

        try
        {
            await ArrivalProbe.CheckPoolerAsync(session, _probes, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Abandon(_opener.Abandoned);
            throw;
        }
    }

    /// <summary>Listens to a channel. Completes when the server has confirmed it.</summary>
    public async Task ListenAsync(string channel, string busNamespace, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await ApplyAsync(_channels.Add(channel, busNamespace), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops listening to a channel. Completes when the server has confirmed it; without a connection at once, because its end has ended
    /// the listening too.
    /// </summary>
    /// <returns>The bus namespace of the channel, or null if it was not listened to.</returns>
    public async Task<string?> UnlistenAsync(string channel, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        await ApplyAsync(_channels.Remove(channel, out var busNamespace), cancellationToken).ConfigureAwait(false);
        return busNamespace;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;

        await _stopping.CancelAsync().ConfigureAwait(false);

        // Over a dead link neither ends before its limit.
        var waking = WakeAsync();
        if (_loop is not null)
            await EndAsync(_loop).ConfigureAwait(false);
        await waking.ConfigureAwait(false);
        _channels.Close();
        await _pause.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for the end of the loop. Over a dead link its wait inside Npgsql cannot be ended: then the connection is closed in the
    /// background when that wait has ended, and receives nothing any more.
    /// </summary>
    private async Task EndAsync(Task loop)
    {
        await loop.WaitAsync(CloseTimeout, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!loop.IsCompleted)
            _session?.Abandon(_opener.Abandoned, loop);
    }

    private async Task ApplyAsync(Task applied, CancellationToken cancellationToken)
    {
        if (!_isListening)
            _channels.CompleteRemovals();
        await WakeAsync().ConfigureAwait(false);
        await applied.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends the wait of the listener. If this fails, the database is not reachable, and the wait ends soon without it.</summary>
    private async Task WakeAsync()
    {
        _queue.WakeListener();
        if (!_isListening)
            return;
        using var timeout = new CancellationTokenSource(CloseTimeout, _time);
        await BackgroundWork.Run(() => _workers.NotifyAsync(_arrivals.Channel, timeout.Token))
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task RunAsync(ListenerSession session)
    {
        for (var isFirst = true; !_stopping.IsCancellationRequested; isFirst = false)
        {
            try
            {
                if (!isFirst)
                    session = await OpenAgainAsync().ConfigureAwait(false);
                _session = session;
                _isListening = true;
                _database.Begin(session.Database);
                _listeningChanged(true);
                await ReadAsync(session).ConfigureAwait(false);
                await session.CloseAsync(CloseTimeout).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
            {
            }
            catch (Exception exception) // A new connection may work after any failure of this one.
            {
                await LoseAsync(session, exception).ConfigureAwait(false);
            }
        }

        _isListening = false;
    }

    private async Task<ListenerSession> OpenAgainAsync()
    {
        var session = await OpenAsync(_options.KeepAliveInterval, _stopping.Token).ConfigureAwait(false);
        if (_wasDeaf)
            await ProveArrivalAsync(session).ConfigureAwait(false);
        _opener.Succeeded();
        _diagnostics.Reconnects.Add();
        _diagnostics.Logger.ListeningAgain(_channels.Count);
        _queue.AddStateChange(static receiver => receiver.OnListeningAgain());
        return session;
    }

    /// <summary>After a connection that received nothing, the next one must receive a notification before it counts.</summary>
    private async Task ProveArrivalAsync(ListenerSession session)
    {
        try
        {
            await _arrivals
                .ProveAsync(() => session.CheckAsync(_options.KeepAliveInterval), _options.KeepAliveInterval, _time)
                .ConfigureAwait(false);
            _wasDeaf = false;
        }
        catch
        {
            session.Abandon(_opener.Abandoned);
            throw;
        }
    }

    private TimeSpan ArrivalTime => _options.KeepAliveInterval / ArrivalShare;

    private Task<ListenerSession> OpenAsync(TimeSpan timeout, CancellationToken cancellationToken) =>
        ListenerSession.OpenAsync(
            _opener, OnNotification, [_arrivals.Channel, .. _channels.Names], _options.KeepAliveInterval, timeout, cancellationToken);

    private async Task LoseAsync(ListenerSession session, Exception exception)
    {
        var delay = _opener.Postpone();
        if (!_isListening)
        {
            _diagnostics.Logger.ListenerRetries(delay, exception.Message);
        }
        else
        {
            _isListening = false;
            _database.End();
            _channels.CompleteRemovals();
            _listeningChanged(false);
            session.Abandon(_opener.Abandoned);
            _opener.Distrust();
            _arrivals.Reset();
            if (exception is NotificationsMissingException)
            {
                _wasDeaf = true;
                _reopenPublisher("The listening connection receives no notifications, so the publishing connection is opened again.");
            }

            if (!_stopping.IsCancellationRequested)
            {
                _diagnostics.Logger.ListenerLost(exception);
                _diagnostics.Report(exception);
            }
        }

        await Task.Delay(delay, _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Reads until the bus stops. Throws if the connection is lost.</summary>
    private async Task ReadAsync(ListenerSession session)
    {
        while (!_stopping.IsCancellationRequested)
        {
            await _channels.ApplyAsync(session, _options.KeepAliveInterval).ConfigureAwait(false);
            if (await _pause.TryWaitAsync().ConfigureAwait(false))
                continue;
            if (await HearsAsync(session).ConfigureAwait(false))
            {
                _arrivals.Reset();
                await EndTurnAsync().ConfigureAwait(false);
                continue;
            }

            await CheckAsync().ConfigureAwait(false);
            await _arrivals.RequireAsync(CheckAsync).ConfigureAwait(false);
        }

        Task CheckAsync() => session.CheckAsync(_options.KeepAliveInterval - ArrivalTime);
    }

    /// <summary>
    /// Waits for a notification. After a silence, a notification of this node itself shows in a single statement that both of its
    /// connections work.
    /// </summary>
    /// <returns>False if none arrives.</returns>
    private async Task<bool> HearsAsync(ListenerSession session)
    {
        if (await session.WaitAsync(_options.KeepAliveInterval).ConfigureAwait(false))
            return true;
        _arrivals.Send();
        return await session.WaitAsync(ArrivalTime).ConfigureAwait(false);
    }

    /// <summary>
    /// Lets other loops use the thread after some notifications. Without this, a flood kept the listeners of some nodes from reading until
    /// their wait timed out in the middle of a message, which breaks a connection.
    /// </summary>
    private async ValueTask EndTurnAsync()
    {
        if (++_readInTurn % BackgroundWork.EventsPerTurn == 0)
            await Task.Yield();
    }

    private async Task<double> ReadQueueUsageAsync()
    {
        var worker = await _workers.RentAsync(_stopping.Token).ConfigureAwait(false);
        await using var ofWorker = worker.ConfigureAwait(false);
        var usage = await worker.Connection
            .ReadQueueUsageAsync(_options.KeepAliveInterval, _time, _stopping.Token).ConfigureAwait(false);
        _diagnostics.Metrics.NotificationQueue.Set(usage);
        return usage;
    }

    private long TimeOfArrival() => _diagnostics.Metrics.MeasuresArrival ? _time.GetTimestamp() : 0;

    private void OnNotification(object sender, NpgsqlNotificationEventArgs notification)
    {
        if (_channels.TryGetNamespace(notification.Channel, out var busNamespace))
            _pause.Add(new Notification(busNamespace, notification.Payload, notification.PID, Arrived: TimeOfArrival()));
        else if (notification.Channel == _arrivals.Channel)
            _arrivals.Arrived();
    }
}
