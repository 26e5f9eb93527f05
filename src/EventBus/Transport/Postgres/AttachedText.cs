using EventBus.Transport.Connections;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>The statement of a batch with attachments and without journaled events. Not thread-safe.</summary>
/// <remarks>
/// Waiting for the disk would only prolong the lock that orders notifications: a crash loses them in any case.
/// </remarks>
internal sealed class AttachedText : IDisposable
{
    private readonly PublishParameters _parameters;
    private readonly LockedStatement _statement;
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _tails = new() { NpgsqlDbType = NpgsqlDbType.Text };

    public AttachedText(NpgsqlConnection connection, string table, PublishParameters parameters, bool isPrepared)
    {
        Table = table;
        _parameters = parameters;
        var command = new NpgsqlBatchCommand(Sql(table));
        command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        command.Parameters.Add(_heads);
        command.Parameters.Add(_tails);
        command.Parameters.AddArray(parameters.AttachmentIndexes, NpgsqlDbType.Integer);
        command.Parameters.AddArray(parameters.Attachments, NpgsqlDbType.Bytea);
        _statement = new LockedStatement(connection, command, isPrepared);
    }

    /// <summary>The table that it names.</summary>
    public string Table { get; }

    public Task ExecuteAsync(TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _heads.TypedValue = _parameters.Heads;
        _tails.TypedValue = _parameters.Tails;
        return _statement.ExecuteAsync(timeout, lockTimeout, cancellationToken);
    }

    public void Dispose() => _statement.Dispose();

    private static string Sql(string table) => $"""
        WITH unsynchronised AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
        attachment AS (
            INSERT INTO {table} (payload)
            SELECT payload FROM unsynchronised, unnest($6) WITH ORDINALITY a(payload, o) ORDER BY o
            RETURNING id),
        ids AS MATERIALIZED (SELECT array_agg(id ORDER BY id) id FROM attachment)
        SELECT count(pg_notify($1[c], CASE WHEN a = 0 THEN head ELSE pg_catalog.concat(head, id[a], tail) END))
        FROM (
            SELECT c, head, tail, a, id
            FROM unnest($2, string_to_array($3, E'\n'), string_to_array($4, E'\n'), $5) WITH ORDINALITY m(c, head, tail, a, o), ids
            ORDER BY o) s
        """;
}
