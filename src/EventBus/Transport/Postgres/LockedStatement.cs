using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// A publishing statement that writes rows, prepared at its first use, unless a pooler forbids it. A first statement of the same
/// transaction limits the time that it waits for a lock on a table: preparing and running the second take the lock first. Not thread-safe.
/// </summary>
internal sealed class LockedStatement : IDisposable
{
    /// <summary>Sets the limit, unless the session has a shorter one.</summary>
    private const string LimitSql = """
        SELECT set_config('lock_timeout', $1, true) WHERE current_setting('lock_timeout')::interval NOT BETWEEN '1 ms' AND $1::interval
        """;

    private readonly NpgsqlBatch _batch;
    private readonly NpgsqlParameter<string> _limit = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private bool _mustPrepare;

    public LockedStatement(NpgsqlConnection connection, NpgsqlBatchCommand command, bool isPrepared)
    {
        _mustPrepare = isPrepared;
        _batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand(LimitSql) { Parameters = { _limit } }, command },
        };
    }

    public async Task ExecuteAsync(TimeSpan timeout, TimeSpan lockTimeout, CancellationToken cancellationToken)
    {
        _limit.TypedValue = Text(lockTimeout);
        _batch.Timeout = Math.Max(1, (int)timeout.TotalSeconds);
        if (_mustPrepare)
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            _mustPrepare = false;
        }

        await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _batch.Dispose();

    private static string Text(TimeSpan lockTimeout) => $"{(int)lockTimeout.TotalMilliseconds}ms";

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var connection = _batch.Connection!;
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        var limit = new NpgsqlCommand(LimitSql, connection);
        await using var ofLimit = limit.ConfigureAwait(false);
        limit.Parameters.Add(new NpgsqlParameter<string> { TypedValue = _limit.TypedValue });
        await limit.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        await _batch.PrepareAsync(cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }
}
