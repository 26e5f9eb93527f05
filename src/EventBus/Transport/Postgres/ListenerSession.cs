using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>A listening connection while it is open, with its settings. Not thread-safe: the listener owns it.</summary>
/// <remarks>
/// The settings are set and reset by SQL, because poolers reject them in the connection string. Settings that the server does not know are
/// skipped. Waits are finite and never cancelled, because a cancelled wait of Npgsql can hang.
/// </remarks>
internal sealed class ListenerSession
{
    // A listener is idle to the server, and the server must notice a half-open connection too. It must not do that by tcp_user_timeout,
    // which would end a session that does not read for a while because the receive queue is full.
    private const string SetSql = """
        SELECT set_config(name, value, false)
        FROM (VALUES
            ('idle_session_timeout', '0'),
            ('tcp_keepalives_idle', '10'),
            ('tcp_keepalives_interval', '5'),
            ('tcp_keepalives_count', '3')) wanted(name, value)
        WHERE current_setting(name, true) IS NOT NULL
        """;

    private const string ResetSql = """
        SELECT set_config(name, reset_val, false) FROM pg_settings
        WHERE name IN ('idle_session_timeout', 'tcp_keepalives_idle', 'tcp_keepalives_interval', 'tcp_keepalives_count')
        """;

    private readonly NpgsqlConnection _connection;
    private readonly TimeProvider _time;
    private readonly NotificationEventHandler _onNotification;
    private readonly TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _check = Task.CompletedTask; // the last check, which may hang
    private Task<bool> _wait = Task.FromResult(false); // the last wait, which goes on if the session must move

    private ListenerSession(OpenedConnection opened, NotificationEventHandler onNotification, TimeProvider time)
    {
        _connection = opened.Connection;
        Database = opened.Database;
        _time = time;
        _onNotification = onNotification;
        _connection.Notification += onNotification;
    }

    /// <summary>Whether the connection can still be used.</summary>
    public bool IsUsable => _connection.IsUsable;

    /// <summary>The database; without its identity if the role may not read it.</summary>
    public FoundDatabase Database { get; }

    /// <summary>Opens a connection and listens to channels.</summary>
    /// <param name="opener">Opens the connection.</param>
    /// <param name="onNotification">Called for each notification.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="wait">The longest wait for a notification.</param>
    /// <param name="timeout">The time for the statements.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static async Task<ListenerSession> OpenAsync(
        ConnectionOpener opener,
        NotificationEventHandler onNotification,
        IEnumerable<string> channels,
        TimeSpan wait,
        TimeSpan timeout,
        CancellationToken cancellationToken)
    {
        var opened = await opener.OpenToListenAsync(wait, cancellationToken).ConfigureAwait(false);
        try
        {
            var session = new ListenerSession(opened, onNotification, opener.Time);
            await session.ExecuteAsync([SetSql, .. channels.Select(ListenSql)], timeout, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await opened.Connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    public static string ListenSql(string channel) => $"LISTEN {SqlIdentifier.Quote(channel)}";

    public static string UnlistenSql(string channel) => $"UNLISTEN {SqlIdentifier.Quote(channel)}";

    /// <summary>The process id of the backend that serves the session now. Behind a pooler in transaction mode it changes.</summary>
    public async Task<int> ReadPidAsync(CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var command = new NpgsqlCommand("SELECT pg_backend_pid()", _connection);
        await using (command.ConfigureAwait(false))
            return (int)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    public Task ExecuteAsync(string sql, TimeSpan timeout) => ExecuteAsync([sql], timeout, CancellationToken.None);

    /// <summary>Waits for a notification.</summary>
    /// <returns>False if none arrived in time.</returns>
    /// <exception cref="NotificationsMissingException">The session must move. Npgsql may still wait.</exception>
    public async Task<bool> WaitAsync(TimeSpan timeout)
    {
        _wait = _connection.WaitAsync(timeout, CancellationToken.None);
        if (!_wait.IsCompleted)
            await Task.WhenAny(_wait, _moved.Task).ConfigureAwait(false);
        if (_moved.Task.IsCompleted)
        {
            throw new NotificationsMissingException(
                "A new connection of the bus leads to another server than the listening connection, so the address has moved, as in a "
                + "failover. EventBus opens its connections again.");
        }

        return await _wait.ConfigureAwait(false);
    }

    /// <summary>Ends the present wait, or the next one: the address leads to another server. Thread-safe.</summary>
    public void Move() => _moved.TrySetResult();

    /// <summary>
    /// Checks a silent connection. If a wait timed out in the middle of a message, it has broken the connection, and this fails at once.
    /// </summary>
    public async Task CheckAsync(TimeSpan timeout)
    {
        _check = _connection.CheckAsync(timeout, _time);
        await _check.WaitAsync(timeout, _time).ConfigureAwait(false);
    }

    /// <summary>
    /// Stops listening and resets the settings, because the pool would keep both, then returns the connection to the pool.
    /// </summary>
    public async Task CloseAsync(TimeSpan timeout)
    {
        await ExecuteAsync(["UNLISTEN *", ResetSql], timeout, CancellationToken.None).ConfigureAwait(false);
        await _connection.CloseQuietlyAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Abandons a connection that was lost. If it recovers, its notifications are ignored: the next connection receives them too.
    /// </summary>
    /// <param name="abandoned">Closes the connection.</param>
    /// <param name="operation">An operation that may still use it.</param>
    public void Abandon(AbandonedConnections abandoned, Task? operation = null)
    {
        _connection.Notification -= _onNotification;
        abandoned.Add(_connection, operation ?? Task.WhenAll(_check, _wait));
    }

    private async Task ExecuteAsync(IEnumerable<string> statements, TimeSpan timeout, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var batch = new NpgsqlBatch(_connection) { Timeout = StatementLimit.CommandTimeout };
        await using (batch.ConfigureAwait(false))
        {
            foreach (var sql in statements)
                batch.BatchCommands.Add(new NpgsqlBatchCommand(sql));
            await StatementLimit.RunAsync(batch.ExecuteNonQueryAsync, timeout, _time, cancellationToken).ConfigureAwait(false);
        }
    }
}
