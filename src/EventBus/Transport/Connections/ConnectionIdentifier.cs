using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>A connection that the bus has just opened, and its backend.</summary>
/// <param name="Connection">The open connection.</param>
/// <param name="Backend">The backend that serves it; behind a pooler only until the end of the transaction.</param>
/// <param name="Role">The role of the session.</param>
/// <param name="HasGss">Whether it is encrypted by GSSAPI; null if the server does not know it.</param>
/// <param name="IsPooled">
/// Whether a pooler is between the connection and the server. A pooler gives its client a process id of its own, and, in transaction mode,
/// another backend for each transaction.
/// </param>
/// <param name="Database">The database that it is in.</param>
internal sealed record OpenedConnection(
    NpgsqlConnection Connection, BackendId Backend, string Role, bool? HasGss, bool IsPooled, FoundDatabase Database);

/// <summary>Asks a connection that was just opened for its backend, its role and its database. Thread-safe.</summary>
/// <param name="diagnostics">Has the gauge of the notification queue.</param>
internal sealed class ConnectionIdentifier(BusDiagnostics diagnostics)
{
    // The function returns the row of one backend, and uses no catalog: the view pg_stat_activity would cost a new backend more than the
    // connection itself. Reading the usage has an effect, too: if the notification queue was full and the slow listener has left,
    // PostgreSQL frees the queue only then.
    private const string Sql = """
        SELECT pg_backend_pid(), backend_start, current_user::text, gss_enc, pg_notification_queue_usage(), pg_is_in_recovery(), {0}
        FROM (SELECT) always LEFT JOIN pg_stat_get_activity(pg_backend_pid()) ON true
        """;

    private static readonly string WithDatabaseSql = Sql.Replace("{0}", DatabaseIdentity.Sql, StringComparison.Ordinal);
    private static readonly string WithoutDatabaseSql = Sql.Replace("{0}", "NULL::text", StringComparison.Ordinal);

    private readonly HashSet<BackendId> _seen = []; // of the pool; a lock protects it

    /// <summary>Connections of the pool are closed: the next ones may lead to another server.</summary>
    public void Forget()
    {
        lock (_seen)
            _seen.Clear();
    }

    /// <summary>Asks a connection, and shows its database to a watch.</summary>
    /// <param name="connection">The open connection.</param>
    /// <param name="watch">Gets the database if the connection shows the server of the address.</param>
    /// <param name="isNew">Whether the connection was opened for this call, past the pool.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="NpgsqlException">The connection was lost, or PostgreSQL rejected the statement.</exception>
    public async Task<OpenedConnection> IdentifyAsync(
        NpgsqlConnection connection, DatabaseWatch watch, bool isNew, CancellationToken cancellationToken)
    {
        try
        {
            return await IdentifyAsync(connection, watch, isNew, WithDatabaseSql, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            // Only events in a caller's transaction need the identity.
            return await IdentifyAsync(connection, watch, isNew, WithoutDatabaseSql, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<OpenedConnection> IdentifyAsync(
        NpgsqlConnection connection, DatabaseWatch watch, bool isNew, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StatementLimit.CommandTimeout };
        await using var ofCommand = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        var start = reader.IsDBNull(1) ? (DateTime?)null : reader.GetDateTime(1);
        var hasGss = reader.IsDBNull(3) ? (bool?)null : reader.GetBoolean(3);
        diagnostics.Metrics.NotificationQueue.Set(reader.GetDouble(4));
        var database = new FoundDatabase(reader.IsDBNull(6) ? null : reader.GetString(6), reader.GetBoolean(5));
        var backend = new BackendId(reader.GetInt32(0), start);
        if (isNew || IsSeenFirst(backend))
            watch.See(database);
        return new OpenedConnection(
            connection, backend, reader.GetString(2), hasGss, IsPooled: connection.ProcessID != backend.Pid, database);
    }

    /// <summary>An idle connection of the pool shows nothing about the address: it may have been opened before the address moved.</summary>
    private bool IsSeenFirst(BackendId backend)
    {
        lock (_seen)
            return _seen.Add(backend);
    }
}
