using EventBus.Transport.Connections;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>The statement of a batch with attachments, prepared at its first use, unless a pooler forbids it. Not thread-safe.</summary>
/// <remarks>
/// A first statement of the same transaction limits the time that it waits for a lock on the table: preparing and running the second take
/// the lock first. Waiting for the disk would only prolong the lock that orders notifications: a crash loses them in any case.
/// </remarks>
internal sealed class AttachedText : IDisposable
{
    private const string LockSql = """
        SELECT set_config('lock_timeout', $1, true) WHERE current_setting('lock_timeout')::interval NOT BETWEEN '1 ms' AND $1::interval
        """;

    private readonly PublishParameters _parameters;
    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlParameter<string> _lockTimeout = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _tails = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private bool _mustPrepare;

    public AttachedText(NpgsqlConnection connection, string table, PublishParameters parameters, bool isPrepared)
    {
        Table = table;
        _mustPrepare = isPrepared;
        _parameters = parameters;
        var command = new NpgsqlBatchCommand(Sql(table));
        command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        command.Parameters.Add(_heads);
        command.Parameters.Add(_tails);
        command.Parameters.AddArray(parameters.AttachmentIndexes, NpgsqlDbType.Integer);
        command.Parameters.AddArray(parameters.Attachments, NpgsqlDbType.Bytea);
        _batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(LockSql) { Parameters = { _lockTimeout } }, command },
        };
    }

    /// <summary>The table that it names.</summary>
    public string Table { get; }

    public async Task ExecuteAsync(TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _lockTimeout.TypedValue = $"{(int)lockTimeout.TotalMilliseconds}ms";
        _heads.TypedValue = _parameters.Heads;
        _tails.TypedValue = _parameters.Tails;
        _batch.Timeout = Math.Max(1, (int)timeout.TotalSeconds);
        if (_mustPrepare)
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            _mustPrepare = false;
        }

        await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _batch.Dispose();

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var connection = _batch.Connection!;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        var limit = new NpgsqlCommand(LockSql, connection);
        await using var ofLimit = limit.ConfigureAwait(false);
        limit.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _lockTimeout.TypedValue });
        await limit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await _batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

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
