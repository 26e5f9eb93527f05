using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>The settings of the server that matter to a bus.</summary>
/// <param name="IsReadOnly">Whether transactions are read-only. They can notify, but cannot write attachments.</param>
internal readonly record struct ServerCheck(bool IsReadOnly)
{
    /// <summary>The cause and the remedy if transactions are read-only.</summary>
    public const string ReadOnlyCause =
        "The setting default_transaction_read_only is on for this role or database, so attachments can be neither written nor removed. "
        + "Set it to off (ALTER ROLE, ALTER DATABASE or ALTER SYSTEM), or connect with another role.";

    private const string Sql = """
        SELECT pg_is_in_recovery(), current_setting('server_encoding'), current_setting('client_encoding'),
            current_setting('default_transaction_read_only')::boolean
        """;

    /// <exception cref="EventBusStartException">The server cannot be used.</exception>
    public static async Task<ServerCheck> RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Sql, connection);
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                RequirePrimary(reader.GetBoolean(0));
                RequireUtf8(reader.GetString(1), reader.GetString(2));
                return new(IsReadOnly: reader.GetBoolean(3));
            }
        }
    }

    private static void RequirePrimary(bool isInRecovery)
    {
        if (isInRecovery)
        {
            throw new EventBusStartException(
                "The data source leads to a standby, which rejects LISTEN and NOTIFY. Connect to the primary (Target Session "
                + "Attributes=primary).",
                isTransient: true);
        }
    }

    private static void RequireUtf8(string server, string client)
    {
        if (server != "UTF8")
        {
            throw new EventBusStartException(
                $"The encoding of the database is {server}, which cannot store all text. Use a database with ENCODING 'UTF8'.");
        }

        if (client != "UTF8")
        {
            throw new EventBusStartException(
                $"The setting client_encoding of the session is {client}, but EventBus sends UTF-8. Remove Client Encoding from the "
                + "connection string, and the environment variable PGCLIENTENCODING.");
        }
    }
}
