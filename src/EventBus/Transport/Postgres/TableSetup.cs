using EventBus.Diagnostics;
using EventBus.Transport.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Finds the attachment table, creates it if it is missing and may be created, and reads the privileges of this role on it.
/// </summary>
internal sealed class TableSetup(AttachmentSchema schema, bool mayCreate, ILogger logger)
{
    /// <summary>Prevents that two nodes create the table at the same time: <c>IF NOT EXISTS</c> does not prevent it.</summary>
    private const string LockSql = $"SELECT {AttachmentSchema.Lock}";

    /// <param name="connection">An open connection.</param>
    /// <param name="lockTimeout">The longest time to wait for another creator; null: as long as the session waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Null if the table is missing and must not be created.</returns>
    /// <exception cref="EventBusStartException">The table cannot be created, or it is not an attachment table.</exception>
    public async Task<TableState?> EnsureAsync(
        NpgsqlConnection connection, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        try
        {
            var state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            if (state is null && mayCreate && !schema.HasExisted)
                state = await CreateAsync(connection, lockTimeout, cancellationToken).ConfigureAwait(false);
            if (state is null)
                return null;
            schema.Found(state.Name);
            if (mayCreate && state is { HasIndex: false, IsOwner: false })
                logger.IndexMissing(schema.Name, schema.CreateIndexSql);
            return state;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedColumn)
        {
            throw new EventBusStartException(
                $"{schema.Table} is not an attachment table (id, created_at, payload). Set TableName to another name.", exception);
        }
        catch (PostgresException exception) when (lockTimeout is null && exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new EventBusStartException(
                $"The attachment table {schema.Table} could not be created in time: {exception.MessageText}. Another session creates it, "
                + "or lock_timeout is too short.",
                exception,
                isTransient: true);
        }
        catch (PostgresException exception)
            when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new EventBusStartException(
                $"The attachment table {schema.Table} cannot be created or read by this role: {exception.MessageText}. To create it, the "
                + $"role needs: GRANT USAGE, CREATE ON SCHEMA {schema.SchemaName ?? "(the first of its search_path)"}. Or create the table "
                + "with the SQL that AttachmentTable.CreateSql() returns; a node then needs: "
                + $"{MissingPrivilege.Grants(schema, new(Reads: true, Removes: true))}",
                exception);
        }
    }

    // A Socket.IO server creates the table without the lock. Then one of the two is rejected, because of the name or an index of the
    // catalogue.
    private static bool IsCreatedMeanwhile(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation;

    private async Task<TableState?> CreateAsync(
        NpgsqlConnection connection, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        try
        {
            return await CreateOnceAsync(connection, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (IsCreatedMeanwhile(exception))
        {
            return await CreateOnceAsync(connection, lockTimeout, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<TableState?> CreateOnceAsync(
        NpgsqlConnection connection, TimeSpan? lockTimeout, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            if (lockTimeout is { } limit)
            {
                var sql = $"SELECT set_config('lock_timeout', '{(int)limit.TotalMilliseconds}ms', true)";
                await ExecuteAsync(connection, sql, cancellationToken).ConfigureAwait(false);
            }

            await ExecuteAsync(connection, LockSql, cancellationToken).ConfigureAwait(false);
            var state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            if (state is not null)
                return state;
            await ExecuteAsync(connection, schema.CreateSql, cancellationToken).ConfigureAwait(false);
            state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            logger.TableCreated(schema.Table);
            return state;
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
