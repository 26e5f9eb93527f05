using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Checks before the start whether a bus can work on a data source. The exceptions name the change that is needed.</summary>
internal static class StartProbe
{
    /// <summary>Checks whether a publish-only process can publish.</summary>
    /// <exception cref="EventBusStartException">It cannot publish.</exception>
    public static async Task CheckPublisherAsync(
        ConnectionOpener opener, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var connection = await OpenAsync(opener, connections: 1, opener.OpenPooledAsync, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var server = await ServerCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            var cause = server.IsReadOnly
                ? ServerCheck.ReadOnlyCause
                : await FindTableCauseAsync(connection, schema, options, logger, cancellationToken).ConfigureAwait(false);
            if (cause is not null)
                logger.AttachmentsUnavailable(cause);
        }
    }

    /// <summary>Checks whether a node can publish, and read and write attachments.</summary>
    /// <returns>The attachment table.</returns>
    /// <exception cref="EventBusStartException">It cannot do one of these.</exception>
    public static async Task<TableState> CheckNodeAsync(
        ConnectionOpener opener, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var connection = await OpenAsync(opener, PostgresTransport.Connections, opener.OpenPooledAsync, cancellationToken)
            .ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var server = await ServerCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false);
            if (server.IsReadOnly)
                throw new EventBusStartException(ServerCheck.ReadOnlyCause, isTransient: true);
            var setup = new TableSetup(schema, options.CreateTable, logger);
            var table = await setup.EnsureAsync(connection, lockTimeout: null, cancellationToken).ConfigureAwait(false)
                ?? throw new EventBusStartException(
                    $"{MissingPrivilege.NotFound(schema, TableUse.ByNode(options))} If there is none, set CreateTable to true, or create "
                    + "the table with the SQL that AttachmentTable.CreateSql() returns.");
            if (TableRequirements.FindUnmet(table, TableUse.ByNode(options)) is { } unmet)
                throw new EventBusStartException(unmet);
            return table;
        }
    }

    /// <summary>Checks whether a data source of the listener can listen, and leads to the database of the bus.</summary>
    /// <exception cref="EventBusStartException">It cannot, or leads elsewhere.</exception>
    public static async Task CheckListenerAsync(ConnectionOpener opener, HomeDatabase home, CancellationToken cancellationToken)
    {
        var publishing = opener.Watch.Latest; // The node was checked before.
        try
        {
            // Not from the pool, which would keep a second connection.
            var connection = await OpenAsync(opener, connections: 1, opener.OpenAsync, cancellationToken).ConfigureAwait(false);
            await using var ofConnection = connection.ConfigureAwait(false);
            await ServerCheck.RunAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (EventBusStartException exception)
        {
            throw new EventBusStartException(
                $"The data source of the listener cannot be used. {exception.Message}", exception, exception.IsTransient);
        }

        // If a role may not read it, the notification that arrives is the proof.
        var listening = opener.Watch.Latest;
        if (publishing is not null && listening != publishing)
        {
            throw new EventBusStartException(
                $"The data source of the listener leads to the database {home} ({listening}), but the data source of the bus "
                + $"leads to another one ({publishing}). The numbers are {DatabaseIdentity.Parts}. Let both lead to the same "
                + "database of the primary.");
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(
        ConnectionOpener opener,
        int connections,
        Func<CancellationToken, Task<OpenedConnection>> open,
        CancellationToken cancellationToken)
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
            return (await open(cancellationToken).ConfigureAwait(false)).Connection;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            var grant = exception is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege }
                ? " The role needs: GRANT CONNECT ON DATABASE."
                : "";
            throw new EventBusStartException(
                $"PostgreSQL cannot be connected to: {exception.Message}{grant}",
                exception,
                isTransient: exception is not PostgresException { IsTransient: false });
        }
    }

    /// <summary>
    /// Finds the reason why a publisher cannot use attachments. Inline events need no table, so the publisher starts in any case.
    /// </summary>
    private static async Task<string?> FindTableCauseAsync(
        NpgsqlConnection connection, AttachmentSchema schema, EventBusOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var setup = new TableSetup(schema, options.CreateTable, logger);
            var table = await setup.EnsureAsync(connection, lockTimeout: null, cancellationToken).ConfigureAwait(false);
            return table is null
                ? MissingPrivilege.NotFound(schema, TableUse.ByPublisher)
                : TableRequirements.FindUnmet(table, TableUse.ByPublisher);
        }
        catch (EventBusStartException exception)
        {
            return exception.Message;
        }
    }
}
