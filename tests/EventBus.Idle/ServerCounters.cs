using Npgsql;

namespace EventBus.Idle;

/// <summary>The counters of one database, read from another.</summary>
/// <param name="Transactions">The ended transactions, also read-only ones.</param>
/// <param name="Writing">The assigned transaction ids: one for each transaction that notifies or writes.</param>
/// <param name="WalBytes">The write-ahead log of the whole server.</param>
internal sealed record ServerCounters(long Transactions, long Writing, long WalBytes)
{
    private const string Sql = """
        SELECT (SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = $1),
            pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
            pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint
        """;

    public static async Task<ServerCounters> ReadAsync(NpgsqlDataSource observer, string database, CancellationToken cancellationToken)
    {
        await using var command = observer.CreateCommand(Sql);
        command.Parameters.AddWithValue(database);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new ServerCounters(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public ServerCounters Since(ServerCounters before) =>
        new(Transactions - before.Transactions, Writing - before.Writing, WalBytes - before.WalBytes);
}
