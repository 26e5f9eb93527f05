using System.Text;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The row of the journal for an event in a caller's transaction: a part of the statement that sends the event, and so of the transaction.
/// Like the statement, it does nothing in another database, and uses no operator of the caller's search path.
/// </summary>
/// <param name="names">The journal.</param>
/// <param name="source">The id of the publish pipeline.</param>
/// <param name="id">The unique id of the event.</param>
internal sealed class TransactionRow(JournalNames names, string source, long id)
{
    /// <summary>The journal.</summary>
    public JournalNames Names => names;

    /// <summary>A part of the statement of an inline event, whose other parameters are channel, notification and database.</summary>
    public string InlineSql => $"""
        ,
        journaled AS (
            INSERT INTO {names.Table} (incarnation, source, channels, events, ids, keys, messages)
            SELECT (SELECT incarnation FROM {names.State}), $4, $5, $6, $7, $8, $2 FROM here WHERE identity OPERATOR(pg_catalog.=) $3)
        """;

    /// <summary>
    /// A part of the statement of an attached event, whose other parameters are channel, attachment, head, tail and database.
    /// </summary>
    public string AttachedSql => $"""
        ,
        journaled AS (
            INSERT INTO {names.Table} (incarnation, source, channels, events, ids, keys, messages, attached, attachments)
            SELECT (SELECT incarnation FROM {names.State}), $6, $7, $8, $9, $10, $3, $11, ARRAY[$2]
            FROM here WHERE identity OPERATOR(pg_catalog.=) $5)
        """;

    /// <summary>Adds the parameters of the part behind the others.</summary>
    public void AddTo(NpgsqlBatchCommand command, OutgoingMessage message)
    {
        var key = message.Journal.Key;
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(Array(NpgsqlDbType.Text, message.Channel));
        command.Parameters.Add(Array(NpgsqlDbType.Text, Encoding.UTF8.GetString(message.Journal.EventName!)));
        command.Parameters.Add(Array(NpgsqlDbType.Bigint, id));
        command.Parameters.Add(key == 0 ? Null(NpgsqlDbType.Integer) : Array(NpgsqlDbType.Integer, key));
        if (message.IsAttached)
            command.Parameters.Add(Array(NpgsqlDbType.Integer, 1)); // The only event has the only attachment.
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, T item) =>
        new() { TypedValue = [item], NpgsqlDbType = NpgsqlDbType.Array | type };

    private static NpgsqlParameter Null(NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | type };
}
