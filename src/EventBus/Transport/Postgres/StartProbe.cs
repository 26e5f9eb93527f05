using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Checks before the start whether a bus can work on a data source. The exceptions name the change that is needed.</summary>
internal static class StartProbe
{
    /// <summary>A node needs three connections: for listening, for publishing and for reading attachments.</summary>
    private const int NodeConnections = 3;

    private static readonly TimeSpan ArrivalTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Checks whether a publish-only process can publish.</summary>
    /// <returns>The attachment table, or null if there is none.</returns>
    /// <exception cref="EventBusStartException">It cannot publish.</exception>
    public static async Task<TableState?> CheckPublisherAsync(
        NpgsqlDataSource dataSource, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        CheckSettings(dataSource, connections: 1);
        var connection = await OpenAsync(dataSource, cancellationToken).ConfigureAwait(false);
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
        NpgsqlDataSource dataSource, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        CheckSettings(dataSource, NodeConnections);
        var connection = await OpenAsync(dataSource, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Checks that a notification sent over a second connection arrives at the listening one.</summary>
    /// <param name="dataSource">Opens the second connection.</param>
    /// <param name="channel">The channel that the first connection listens to.</param>
    /// <param name="arrivals">Completes when a notification has arrived.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventBusStartException">It does not arrive.</exception>
    public static async Task CheckArrivalAsync(
        NpgsqlDataSource dataSource, string channel, Task arrivals, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await dataSource.NotifyAsync(channel, cancellationToken).ConfigureAwait(false);
            await arrivals.WaitAsync(ArrivalTimeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new EventBusStartException(
                "A notification sent over one connection did not arrive at a connection that listens. The likely cause is a pooler in "
                + "transaction mode (PgBouncer: pool_mode = transaction). Connect to PostgreSQL directly, or through a pooler in session "
                + "mode. If there is no pooler, the connections of the data source may lead to different servers (several hosts, a "
                + "standby). Connect to the primary only.",
                exception);
        }
        catch (NpgsqlException exception)
        {
            throw new EventBusStartException($"PostgreSQL rejected a notification: {exception.Message}", exception, exception.IsTransient);
        }
    }

    private static void CheckSettings(NpgsqlDataSource dataSource, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        if (settings.Multiplexing)
        {
            throw new EventBusStartException(
                "The data source multiplexes commands over its connections, so no connection can listen. Set Multiplexing=false.");
        }

        if (settings.Pooling && settings.MaxPoolSize < connections)
        {
            throw new EventBusStartException(
                $"The data source has at most {settings.MaxPoolSize} connections, but a node needs {connections}: for listening, for "
                + $"publishing and for reading attachments. Set Max Pool Size to at least {connections}.");
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenOwnConnectionAsync(cancellationToken).ConfigureAwait(false);
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
