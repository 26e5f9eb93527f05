using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Creates the index that the sweeper needs on a table that has none, in the background and by one node at a time.</summary>
/// <remarks>
/// The index waits for every transaction that has written to the table, and everybody's inserts wait behind it. So each attempt waits for a
/// short time only, and a later one follows. <c>CREATE INDEX CONCURRENTLY</c> would wait for open snapshots, and could deadlock with
/// another node.
/// </remarks>
internal sealed class AttachmentIndex(WorkerConnections workers, AttachmentSchema schema, TimeProvider time, BusDiagnostics diagnostics)
    : IAsyncDisposable
{
    // Another node that has the lock creates the index, or tries again later itself.
    private const string LockSql = "SELECT pg_try_advisory_xact_lock(1163280729)";
    private const string LockTimeoutSql = "SELECT set_config('lock_timeout', '500ms', true)";

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = BackgroundWork.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        var backoff = new Backoff(Random.Shared, FirstDelay, LongestDelay);
        while (!await TryCreateAsync().ConfigureAwait(false))
        {
            await Task.Delay(backoff.Next(), time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopping.IsCancellationRequested)
                return;
        }
    }

    /// <returns>Whether no further attempt is needed.</returns>
    private async Task<bool> TryCreateAsync()
    {
        HiddenStatements.Begin();
        try
        {
            var worker = await workers.RentAsync(_stopping.Token).ConfigureAwait(false);
            await using var ofWorker = worker.ConfigureAwait(false);
            var connection = worker.Connection;
            var transaction = await connection.BeginTransactionAsync(_stopping.Token).ConfigureAwait(false);
            await using var ofTransaction = transaction.ConfigureAwait(false);
            if (await ExecuteAsync(connection, LockSql).ConfigureAwait(false) is not true)
                return false;
            if (await TableState.ReadAsync(connection, schema, _stopping.Token).ConfigureAwait(false) is null or { HasIndex: true })
                return true;
            await ExecuteAsync(connection, LockTimeoutSql).ConfigureAwait(false);
            await ExecuteAsync(connection, schema.CreateIndexSql).ConfigureAwait(false);
            await transaction.CommitAsync(_stopping.Token).ConfigureAwait(false);
            diagnostics.Logger.IndexCreated(schema.Name);
            return true;
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception) // The table is in use, or the connection was lost: a later attempt may succeed.
        {
            diagnostics.Logger.IndexDelayed(schema.Name, exception);
            return false;
        }
    }

    private async Task<object?> ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using (command.ConfigureAwait(false))
            return await command.ExecuteScalarAsync(_stopping.Token).ConfigureAwait(false);
    }
}
