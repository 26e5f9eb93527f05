using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Removes old attachments, in small steps, one node at a time.</summary>
/// <remarks>Every node that has seen an attachment sweeps at least once per interval, at a time of its own, so a row of at least the interval's age is gone by about twice that.</remarks>
internal sealed class AttachmentSweeper(
    NpgsqlDataSource dataSource, AttachmentSchema schema, TimeSpan interval, SweepRhythm rhythm, BusDiagnostics diagnostics) : IAsyncDisposable
{
    private const int Step = 1000;

    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private bool _isForbiddenReported;

    // Without the lock two sweepers could wait for each other; row locks would need the privilege to update.
    private readonly string _sql = $"""
        WITH turn AS MATERIALIZED (
            SELECT set_config('synchronous_commit', 'off', true), pg_try_advisory_xact_lock(1163280727, $2::regclass::oid::int) AS is_mine)
        DELETE FROM {schema.Table} WHERE id = ANY (ARRAY(
            SELECT a.id FROM turn, {schema.Table} a
            WHERE is_mine AND a.created_at < clock_timestamp() - $1
            ORDER BY a.created_at LIMIT {Step}))
        """;

    public void Start()
    {
        if (interval != Timeout.InfiniteTimeSpan)
            _loop = Task.Run(RunAsync);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await rhythm.WaitAsync(_stopping.Token).ConfigureAwait(false);
            if (_stopping.IsCancellationRequested)
                return;
            await SweepAsync().ConfigureAwait(false);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            int count;
            do
            {
                var command = dataSource.CreateCommand(_sql);
                await using (command.ConfigureAwait(false))
                {
                    command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = interval });
                    command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema.Table });
                    count = await command.ExecuteNonQueryAsync(_stopping.Token).ConfigureAwait(false);
                }

                if (count > 0)
                {
                    diagnostics.SweptAttachments.Add(count);
                    diagnostics.Logger.Swept(count);
                }
            }
            while (count == Step);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            if (_isForbiddenReported)
                return;
            _isForbiddenReported = true;
            diagnostics.Logger.SweepForbidden(schema.Table, exception);
            diagnostics.Report(exception);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested) // The next sweep may do better.
        {
            rhythm.Seen();
            diagnostics.Logger.SweepFailed(exception);
        }
        catch (OperationCanceledException)
        {
            // Stopping.
        }
    }
}
