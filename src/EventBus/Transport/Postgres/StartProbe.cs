using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Finds out before the start why a bus could not work on a data source, and says what to change.</summary>
internal static class StartProbe
{
    /// <summary>A node has a connection that listens, one that publishes, and at least one more reads attachments.</summary>
    private const int NodeConnections = 3;

    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(10);

    /// <summary>Checks whether a publish-only process can publish.</summary>
    /// <returns>The attachment table, or null where there is none.</returns>
    /// <exception cref="EventBusStartException">It cannot.</exception>
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
                table = await new TableSetup(schema, options.CreateTable, logger).EnsureAsync(connection, cancellationToken).ConfigureAwait(false);
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
    /// <exception cref="EventBusStartException">It cannot.</exception>
    public static async Task<TableState> CheckNodeAsync(
        NpgsqlDataSource dataSource, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        CheckSettings(dataSource, NodeConnections);
        var connection = await OpenAsync(dataSource, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await CheckServerAsync(connection, cancellationToken).ConfigureAwait(false);
            var table = await new TableSetup(schema, options.CreateTable, logger).EnsureAsync(connection, cancellationToken).ConfigureAwait(false)
                ?? throw new EventBusStartException(
                    $"There is no attachment table {schema.Table}: set CreateTable to true, or create it with the SQL in docs/operations.md.");
            if (table.MissingGrants(schema, toRead: true) is { } missing)
                throw new EventBusStartException($"This role lacks privileges on the attachment table. Needed: {missing}.");
            return table;
        }
    }

    /// <summary>Proves, with a second connection, that notifications arrive where somebody listens.</summary>
    /// <param name="dataSource">Where the second connection comes from.</param>
    /// <param name="channel">The channel that is listened to.</param>
    /// <param name="arrivals">Completes when a notification has arrived.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventBusStartException">They do not.</exception>
    public static async Task ProveArrivalAsync(
        NpgsqlDataSource dataSource, string channel, Task arrivals, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await NotifyAsync(dataSource, channel, cancellationToken).ConfigureAwait(false);
            await arrivals.WaitAsync(Arrival, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new EventBusStartException(
                "A notification sent over one connection did not arrive on another one that listens. Most likely a pooler in transaction mode stands "
                + "between (PgBouncer: pool_mode = transaction): connect to PostgreSQL directly, or through a pool in session mode. It can also be that "
                + "the data source's connections lead to different databases (several hosts, a standby): let them lead to the one primary.",
                exception);
        }
        catch (NpgsqlException exception)
        {
            throw new EventBusStartException($"PostgreSQL refused a notification: {exception.Message}", exception, exception.IsTransient);
        }
    }

    /// <summary>Notifies a channel over a connection from the pool.</summary>
    public static async Task NotifyAsync(NpgsqlDataSource dataSource, string channel, CancellationToken cancellationToken)
    {
        var command = dataSource.CreateCommand("SELECT pg_notify($1, '')");
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static void CheckSettings(NpgsqlDataSource dataSource, int connections)
    {
        var settings = new NpgsqlConnectionStringBuilder(dataSource.ConnectionString);
        if (settings.Multiplexing)
            throw new EventBusStartException("The data source multiplexes commands over its connections, so that none can listen: set Multiplexing=false.");
        if (settings.Pooling && settings.MaxPoolSize < connections)
        {
            throw new EventBusStartException(
                $"The data source has at most {settings.MaxPoolSize} connections, and a node needs {connections}: one that listens, one that publishes, one that reads attachments. Set Max Pool Size to at least {connections}.");
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource dataSource, CancellationToken cancellationToken)
    {
        try
        {
            return await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventBusStartException(
                $"PostgreSQL cannot be connected to: {exception.Message}", exception, isTransient: exception is not PostgresException { IsTransient: false });
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
                        "The data source leads to a standby, on which nothing can be listened to or notified: connect to the primary (Target Session Attributes=primary).",
                        isTransient: true);
                }

                var encoding = reader.GetString(1);
                if (encoding != "UTF8")
                    throw new EventBusStartException($"The database's encoding is {encoding}, which cannot hold every event: use a database with ENCODING 'UTF8'.");
            }
        }
    }
}
