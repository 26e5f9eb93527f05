using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Checks before the start whether a bus can work on a data source. The exceptions name the change that is needed.</summary>
internal static class StartProbe
{
    /// <summary>Checks whether a publish-only process can publish.</summary>
    /// <returns>The attachment table, or null if there is none.</returns>
    /// <exception cref="EventBusStartException">It cannot publish.</exception>
    public static async Task<TableState?> CheckPublisherAsync(
        ConnectionOpener opener, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(opener, connections: 1, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await CheckServerAsync(connection, cancellationToken).ConfigureAwait(false);
            TableState? table = null;
            string? cause;
            try
            {
                var setup = new TableSetup(schema, options.CreateTable, logger);
                table = await setup.EnsureAsync(connection, lockTimeout: null, cancellationToken).ConfigureAwait(false);
                cause = table is null ? $"there is no table {schema.Table}" : table.MissingGrants(schema, toRead: false);
            }
            catch (EventBusStartException exception)
            {
                cause = exception.Message; // Inline events need no table.
            }

            if (cause is not null)
                logger.AttachmentsUnavailable(cause);
            return table;
        }
    }

    /// <summary>Checks whether a node can publish, and read and write attachments.</summary>
    /// <returns>The attachment table.</returns>
    /// <exception cref="EventBusStartException">It cannot do one of these.</exception>
    public static async Task<TableState> CheckNodeAsync(
        ConnectionOpener opener, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(opener, PostgresTransport.Connections, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await CheckServerAsync(connection, cancellationToken).ConfigureAwait(false);
            var setup = new TableSetup(schema, options.CreateTable, logger);
            var table = await setup.EnsureAsync(connection, lockTimeout: null, cancellationToken).ConfigureAwait(false)
                ?? throw new EventBusStartException(
                    $"There is no table {schema.Table}. Set CreateTable to true, or create the table with the SQL in docs/operations.md.");
            if (table.MissingGrants(schema, toRead: true) is { } missing)
                throw new EventBusStartException($"This role lacks privileges on the attachment table. It needs: {missing}.");
            return table;
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(ConnectionOpener opener, int connections, CancellationToken cancellationToken)
    {
        if (opener.Settings.Multiplexing)
        {
            throw new EventBusStartException(
                "The data source multiplexes commands over its connections, so no connection can listen. Set Multiplexing=false.");
        }

        if (opener.UsesPool && opener.Settings.Pooling && opener.Settings.MaxPoolSize < connections)
        {
            throw new EventBusStartException(
                $"The data source has at most {opener.Settings.MaxPoolSize} connections, but the bus holds {connections}. Set Maximum Pool "
                + $"Size to at least {connections}.");
        }

        try
        {
            return (await opener.OpenPooledAsync(cancellationToken).ConfigureAwait(false)).Connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventBusStartException(
                $"PostgreSQL cannot be connected to: {exception.Message}",
                exception,
                isTransient: exception is not PostgresException { IsTransient: false });
        }
    }

    private static async Task CheckServerAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand("SELECT pg_is_in_recovery(), current_setting('server_encoding')", connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (reader.GetBoolean(0))
                {
                    throw new EventBusStartException(
                        "The data source leads to a standby, which rejects LISTEN and NOTIFY. Connect to the primary (Target Session "
                        + "Attributes=primary).",
                        isTransient: true);
                }

                var encoding = reader.GetString(1);
                if (encoding != "UTF8")
                {
                    throw new EventBusStartException(
                        $"The encoding of the database is {encoding}, which cannot store all text. Use a database with ENCODING 'UTF8'.");
                }
            }
        }
    }
}
