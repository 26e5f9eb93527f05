using EventBus.Transport.Connections;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Sends a message in a caller's transaction, in one statement that does nothing if the transaction is not in the given database. So the
/// comparison needs no round trip of its own, and a wrong database does not abort the transaction.
/// </summary>
/// <remarks>
/// Unlike the statement of the pipeline, which sets <c>synchronous_commit</c>, this one changes no setting of the session. It is not
/// prepared, because the caller's connection would keep the prepared statement.
/// </remarks>
internal readonly struct TransactionStatement(CallerTransaction transaction, NpgsqlConnection connection)
{
    // Outside of a transaction PostgreSQL rejects the savepoint, and with it the rest of the batch. In a transaction it has no effect.
    private const string Savepoint = "eventbus_requires_a_transaction";

    private const string HereSql = $"WITH here AS MATERIALIZED (SELECT {DatabaseIdentity.LocalSql} AS identity)";

    private const string InlineSql = $"""
        SELECT identity, CASE WHEN identity OPERATOR(pg_catalog.=) $3 THEN pg_catalog.pg_notify($1, $2)::pg_catalog.text END FROM here
        """;

    /// <summary>Whether PostgreSQL rejected the statement because the connection is in no transaction.</summary>
    public static bool IsOutside(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.NoActiveSqlTransaction };

    /// <summary>Sends the message if the transaction is in the database.</summary>
    /// <param name="message">The message.</param>
    /// <param name="table">The attachment table of an attached message, with its schema.</param>
    /// <param name="row">The row of a journaled message; else null.</param>
    /// <param name="home">The identity of the database, without the system identifier.</param>
    /// <param name="cancellationToken">Cancels the statement, which aborts the transaction.</param>
    /// <returns>The identity of the transaction's database. The message was sent if it is the one of the other.</returns>
    public Task<string> SendAsync(
        OutgoingMessage message, string? table, TransactionRow? row, string home, CancellationToken cancellationToken)
    {
        var command = table is null ? InlineCommand(message, row, home) : AttachedCommand(message, table, row, home);
        row?.AddTo(command, message);
        return ExecuteAsync(command, cancellationToken);
    }

    /// <summary>Returns the identity of the transaction's database.</summary>
    public Task<string> LocateAsync(CancellationToken cancellationToken) =>
        ExecuteAsync(new NpgsqlBatchCommand($"SELECT {DatabaseIdentity.LocalSql}"), cancellationToken);

    private async Task<string> ExecuteAsync(NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection, transaction.Transaction);
        await using var ofBatch = batch.ConfigureAwait(false);
        if (transaction.Transaction is null)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SAVEPOINT {Savepoint}"));
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"RELEASE SAVEPOINT {Savepoint}"));
        }

        batch.BatchCommands.Add(command);
        var identity = transaction.Use is { IsSynchronous: true }
            ? batch.ExecuteScalar()
            : await batch.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
        return (string)identity!;
    }

    private static NpgsqlBatchCommand InlineCommand(OutgoingMessage message, TransactionRow? row, string home) =>
        new($"{HereSql}{row?.InlineSql}\n{InlineSql}")
        {
            Parameters = { Text(message.Channel), Text(message.Payload), Text(home) },
        };

    private static NpgsqlBatchCommand AttachedCommand(OutgoingMessage message, string table, TransactionRow? row, string home) =>
        new($"""
            {HereSql}{row?.AttachedSql},
            attachment AS (INSERT INTO {table} (payload) SELECT $2 FROM here WHERE identity OPERATOR(pg_catalog.=) $5 RETURNING id)
            SELECT identity, (
                SELECT pg_catalog.pg_notify($1, pg_catalog.concat($3, id, $4))::pg_catalog.text FROM attachment) FROM here
            """)
        {
            Parameters =
            {
                Text(message.Channel),
                new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = message.Attachment, NpgsqlDbType = NpgsqlDbType.Bytea },
                Text(message.Head),
                Text(message.Tail),
                Text(home),
            },
        };

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Text(ReadOnlyMemory<byte> utf8) =>
        new() { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Text };
}
