using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Creates the attachment table where it is missing and may be created, and finds out what this role may do with it.</summary>
internal sealed class TableSetup(AttachmentSchema schema, bool mayCreate, ILogger logger)
{
    /// <summary>Two nodes that start together must not both create it: <c>IF NOT EXISTS</c> does not prevent that.</summary>
    private const string LockSql = "SELECT pg_advisory_xact_lock(1163280723)";

    /// <returns>Null where the table is missing and was not to be created.</returns>
    /// <exception cref="EventBusStartException">The table cannot be created, or is none of ours.</exception>
    public async Task<TableState?> EnsureAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            var state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            if (!mayCreate || state is { HasIndex: true })
                return state;
            if (state is { IsOwner: false })
            {
                logger.IndexMissing(schema.Table, schema.CreateIndexSql);
                return state;
            }

            try
            {
                return await CreateAsync(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (PostgresException exception) when (IsThereMeanwhile(exception))
            {
                return await CreateAsync(connection, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedColumn)
        {
            throw new EventBusStartException(
                $"{schema.Table} is not an attachment table (id, created_at, payload): set TableName to another name.", exception);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.InvalidSchemaName)
        {
            throw new EventBusStartException(
                $"The attachment table {schema.Table} cannot be created or seen by this role: {exception.MessageText}. Create it with the SQL in docs/operations.md, or set TableName to one that this role may use.",
                exception);
        }
    }

    // A Socket.IO server creates it without the lock: then either of the two is refused, by the name or by the catalogue's index.
    private static bool IsThereMeanwhile(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation;

    private async Task<TableState?> CreateAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            await ExecuteAsync(connection, LockSql, cancellationToken).ConfigureAwait(false);
            var state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            if (state is null)
            {
                await ExecuteAsync(connection, schema.CreateSql, cancellationToken).ConfigureAwait(false);
                logger.TableCreated(schema.Table);
            }
            else if (!state.HasIndex)
            {
                await ExecuteAsync(connection, schema.CreateIndexSql, cancellationToken).ConfigureAwait(false);
            }

            state = await TableState.ReadAsync(connection, schema, cancellationToken).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
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
