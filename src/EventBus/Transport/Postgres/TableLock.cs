using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Names the session that locks the attachment table or the journal, if a statement has waited too long for it.</summary>
internal static class TableLock
{
    // A session that waits for a conflicting lock holds up all later ones, too.
    private const string Sql = """
        SELECT format(
            CASE WHEN l.granted THEN 'the %1$s is locked by %2$s' ELSE '%2$s waits to lock the %1$s' END,
            $3, 'pid ' || l.pid || coalesce(' (' || nullif(a.application_name, '') || ')', ''))
        FROM pg_locks l LEFT JOIN pg_stat_activity a ON a.pid = l.pid
        WHERE l.locktype = 'relation' AND l.relation = to_regclass($1) AND l.pid <> pg_backend_pid()
            AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND (l.mode = 'AccessExclusiveLock' OR $2 AND l.mode IN ('ExclusiveLock', 'ShareRowExclusiveLock', 'ShareLock'))
        ORDER BY l.granted DESC, l.mode LIMIT 1
        """;

    /// <summary>Whether a statement has ended because it ran or waited too long.</summary>
    public static bool IsSuspected(Exception exception) => exception
        is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled }
        or NpgsqlException { InnerException: TimeoutException };

    /// <summary>Adds the session that locks the attachment table to the message of an exception.</summary>
    /// <inheritdoc cref="NameAsync(NpgsqlConnection, string, string, Exception, bool)"/>
    public static Task<Exception> NameAsync(
        NpgsqlConnection connection, AttachmentSchema schema, Exception exception, bool isWrite) =>
        NameAsync(connection, "attachment table", schema.Name, exception, isWrite);

    /// <summary>Adds the session to the message of an exception, or at least the table if no session locks it any more.</summary>
    /// <param name="connection">The connection of the failed statement. If it is lost, the exception stays as it is.</param>
    /// <param name="kind">The kind of the table.</param>
    /// <param name="table">The quoted name of the table.</param>
    /// <param name="exception">The suspected exception.</param>
    /// <param name="isWrite">Whether the statement writes.</param>
    /// <returns>An exception of the same kind.</returns>
    public static async Task<Exception> NameAsync(
        NpgsqlConnection connection, string kind, string table, Exception exception, bool isWrite)
    {
        if (!connection.IsUsable)
            return exception;
        var session = await FindAsync(connection, $"{kind} {table}", table, isWrite).ConfigureAwait(false);
        var cause = session is null ? $" ({kind} {table})" : $"; {session}";
        return exception is PostgresException rejection
            ? rejection.WithText(rejection.MessageText + cause)
            : new NpgsqlException($"The statement timed out{cause}", exception.InnerException);
    }

    private static async Task<string?> FindAsync(NpgsqlConnection connection, string name, string table, bool isWrite)
    {
        try
        {
            var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 1 };
            await using var ofCommand = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = table });
            command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = isWrite });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
            return await command.ExecuteScalarAsync().ConfigureAwait(false) as string;
        }
        catch (NpgsqlException) // The exception of the statement is reported in any case.
        {
            return null;
        }
    }
}
