using System.Data;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Connections;

/// <summary>Operations on connections, and the classification of their failures.</summary>
internal static class ConnectionExtensions
{
    extension(TimeSpan time)
    {
        /// <summary>The time as a command timeout of Npgsql, rounded up. It is never 0, which would mean no limit.</summary>
        public int ToWholeSeconds() => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
    }

    extension(PostgresException exception)
    {
        /// <summary>
        /// Whether the server ended the transaction before its commit, even if Npgsql broke the connection after the error. A FATAL can
        /// follow a commit, and the error of a pooler, which names no routine, proves nothing.
        /// </summary>
        public bool ProvesRollback =>
            exception is { InvariantSeverity: "ERROR", Routine: not null }
            && exception.SqlState is not ("08007" or PostgresErrorCodes.StatementCompletionUnknown);

        /// <summary>The same error with another text.</summary>
        public PostgresException WithText(string text) => new(
            text,
            exception.Severity,
            exception.InvariantSeverity,
            exception.SqlState,
            exception.Detail,
            exception.Hint,
            exception.Position,
            exception.InternalPosition,
            exception.InternalQuery,
            exception.Where,
            exception.SchemaName,
            exception.TableName,
            exception.ColumnName,
            exception.DataTypeName,
            exception.ConstraintName,
            exception.File,
            exception.Line,
            exception.Routine);

        /// <summary>Whether the reason is transient. A cancelled statement counts as transient.</summary>
        public bool MayPass => exception.SqlState switch
        {
            PostgresErrorCodes.OutOfMemory => false,
            PostgresErrorCodes.ProgramLimitExceeded => true, // The notification queue is full.
            // A pooler has passed the statement to a session that did not prepare it, or that has prepared another one of this name.
            PostgresErrorCodes.InvalidSqlStatementName or PostgresErrorCodes.DuplicatePreparedStatement => true,
            var state => state[..2] is "08" or "25" or "40" or "53" or "55" or "57" or "58",
        };
    }

    extension(NpgsqlParameterCollection parameters)
    {
        /// <summary>Adds a parameter with a list whose items change between the executions of a prepared statement.</summary>
        public void AddArray<T>(List<T> values, NpgsqlDbType type) =>
            parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    extension(NpgsqlConnection connection)
    {
        /// <summary>Whether the connection can still be used.</summary>
        public bool IsUsable => connection.FullState == ConnectionState.Open;

        /// <summary>Sends an empty query, which fails if the server does not respond.</summary>
        public async Task CheckAsync(TimeSpan timeout, TimeProvider time)
        {
            HiddenStatements.Begin();
            var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = StatementLimit.CommandTimeout };
            await using (command.ConfigureAwait(false))
                await StatementLimit.RunAsync(command.ExecuteNonQueryAsync, timeout, time, CancellationToken.None).ConfigureAwait(false);
        }

        /// <summary>Reads the part of PostgreSQL's notification queue that is used. It fails if the server does not respond.</summary>
        public async Task<double> ReadQueueUsageAsync(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            HiddenStatements.Begin();
            var command = new NpgsqlCommand("SELECT pg_notification_queue_usage()", connection)
            {
                CommandTimeout = StatementLimit.CommandTimeout,
            };
            await using var ofCommand = command.ConfigureAwait(false);
            return await StatementLimit
                .RunAsync(command.ExecuteScalarAsync, timeout, time, cancellationToken)
                .ConfigureAwait(false) is double usage ? usage : 0;
        }

        /// <summary>Sends an empty notification.</summary>
        public async Task NotifyAsync(string channel, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
        {
            HiddenStatements.Begin();
            var command = new NpgsqlCommand("SELECT pg_notify($1, '')", connection) { CommandTimeout = StatementLimit.CommandTimeout };
            await using var ofCommand = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
            await StatementLimit.RunAsync(command.ExecuteNonQueryAsync, timeout, time, cancellationToken).ConfigureAwait(false);
        }

        /// <summary>Closes a connection. If it had a failure, that is already reported.</summary>
        public async Task CloseQuietlyAsync()
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
            {
                // A broken connection may fail again while it is closed. It is closed in either case.
            }
        }
    }
}
