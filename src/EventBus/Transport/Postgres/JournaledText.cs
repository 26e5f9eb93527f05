using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The statement of a batch with journaled events: it writes one row with all of them, and notifies. Not thread-safe.
/// </summary>
/// <remarks>
/// It does not set <c>synchronous_commit</c>: a journaled event is on the disk when it is notified. So it holds the lock that orders
/// notifications while it waits for the disk.
/// </remarks>
internal sealed class JournaledText : IDisposable
{
    private readonly PublishParameters _parameters;
    private readonly LockedStatement _statement;
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = Utf8();
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _tails = Utf8();
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _messages = Utf8();

    /// <param name="connection">The connection.</param>
    /// <param name="names">The journal.</param>
    /// <param name="source">The id of the publish pipeline.</param>
    /// <param name="attachments">The attachment table; null for batches without attachments.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="isPrepared">Whether it is prepared at its first use.</param>
    public JournaledText(
        NpgsqlConnection connection, JournalNames names, string source, string? attachments, PublishParameters parameters, bool isPrepared)
    {
        (Names, Attachments, _parameters) = (names, attachments, parameters);
        var journal = parameters.Journal;
        var command = new NpgsqlBatchCommand(attachments is null ? InlineSql(names) : AttachedSql(names, attachments));
        command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        command.Parameters.Add(_heads);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddArray(journal.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(journal.Events, NpgsqlDbType.Text);
        command.Parameters.AddArray(journal.Indexes, NpgsqlDbType.Integer);
        command.Parameters.AddArray(journal.Numbers, NpgsqlDbType.Bigint);
        command.Parameters.AddArray(journal.Keys, NpgsqlDbType.Integer);
        command.Parameters.Add(_messages);
        if (attachments is not null)
        {
            command.Parameters.Add(_tails);
            command.Parameters.AddArray(parameters.AttachmentIndexes, NpgsqlDbType.Integer);
            command.Parameters.AddArray(parameters.Attachments, NpgsqlDbType.Bytea);
            command.Parameters.AddArray(journal.AttachmentIndexes, NpgsqlDbType.Integer);
            command.Parameters.AddArray(journal.Attachments, NpgsqlDbType.Bytea);
        }

        _statement = new LockedStatement(connection, command, isPrepared);
    }

    /// <summary>The journal that it names.</summary>
    public JournalNames Names { get; }

    /// <summary>The attachment table that it names.</summary>
    public string? Attachments { get; }

    public Task ExecuteAsync(TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _heads.TypedValue = _parameters.Heads;
        _tails.TypedValue = _parameters.Tails;
        _messages.TypedValue = _parameters.Journal.Messages;
        return _statement.ExecuteAsync(timeout, lockTimeout, cancellationToken);
    }

    public void Dispose() => _statement.Dispose();

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Utf8() => new() { NpgsqlDbType = NpgsqlDbType.Text };

    // If the state has no row, the incarnation is null, and the statement fails: an event is never left out in silence.
    private static string InlineSql(JournalNames names) => $$"""
        WITH journaled AS (
            INSERT INTO {{names.Table}} (incarnation, source, channels, events, index, numbers, keys, messages)
            VALUES (
                (SELECT incarnation FROM {{names.State}}), $4, $5, $6, nullif($7, '{}'), $8, nullif($9, '{}'),
                coalesce(nullif($10, ''), $3)))
        SELECT count(sent)
        FROM (SELECT pg_notify($1[unnest($2)], unnest(string_to_array($3, E'\n'))) AS sent) notifications
        """;

    private static string AttachedSql(JournalNames names, string attachments) => $$"""
        WITH attachment AS (
            INSERT INTO {{attachments}} (payload)
            SELECT payload FROM unnest($13) WITH ORDINALITY a(payload, o) ORDER BY o
            RETURNING id),
        ids AS MATERIALIZED (SELECT array_agg(id ORDER BY id) id FROM attachment),
        journaled AS (
            INSERT INTO {{names.Table}} (incarnation, source, channels, events, index, numbers, keys, messages, attached, attachments)
            VALUES (
                (SELECT incarnation FROM {{names.State}}), $4, $5, $6, nullif($7, '{}'), $8, nullif($9, '{}'),
                coalesce(nullif($10, ''), $3), nullif($14, '{}'), CASE WHEN $14 <> '{}' THEN coalesce(nullif($15, '{}'), $13) END))
        SELECT count(pg_notify($1[c], CASE WHEN a = 0 THEN head ELSE pg_catalog.concat(head, id[a], tail) END))
        FROM (
            SELECT c, head, tail, a, id
            FROM unnest($2, string_to_array($3, E'\n'), string_to_array($11, E'\n'), $12) WITH ORDINALITY m(c, head, tail, a, o), ids
            ORDER BY o) s
        """;
}
