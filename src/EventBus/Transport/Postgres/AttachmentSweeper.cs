using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Removes old attachments, in small steps and by one node at a time.</summary>
/// <remarks>
/// Each node that has seen an attachment sweeps at least once per interval, at a time of its own. So a row older than the interval is
/// removed before it is about twice as old.
/// </remarks>
internal sealed class AttachmentSweeper(
    WorkerConnections workers, AttachmentSchema schema, TimeSpan interval, TimeProvider time, BusDiagnostics diagnostics)
    : IAsyncDisposable
{
    private const int Step = 1000;
    private static readonly TimeSpan StepTime = TimeSpan.FromSeconds(30);

    private readonly SweepRhythm _rhythm = new(interval, time, Random.Shared);
    private readonly SweepOutcomes _outcomes = new(schema, diagnostics);
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;

    // Without the lock two sweepers could wait for each other; row locks would need the privilege to update.
    private string Sql => $"""
        WITH turn AS MATERIALIZED (
            SELECT set_config('synchronous_commit', 'off', true), pg_try_advisory_xact_lock(1163280727, $2::regclass::oid::int) AS is_mine),
        removed AS (
            DELETE FROM {schema.Name} WHERE id = ANY (ARRAY(
                SELECT a.id FROM turn, {schema.Name} a
                WHERE is_mine AND a.created_at < clock_timestamp() - $1
                ORDER BY a.created_at LIMIT {Step}))
            RETURNING 1)
        SELECT (SELECT count(*) FROM removed) FROM turn WHERE is_mine
        """;

    public void Start()
    {
        if (interval != Timeout.InfiniteTimeSpan)
            _loop = BackgroundWork.Run(RunAsync);
    }

    /// <inheritdoc cref="SweepRhythm.Seen"/>
    public void AttachmentSeen() => _rhythm.Seen();

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
            await _rhythm.WaitAsync(_stopping.Token).ConfigureAwait(false);
            if (_stopping.IsCancellationRequested)
                return;
            await SweepAsync().ConfigureAwait(false);
        }
    }

    private async Task SweepAsync()
    {
        try
        {
            int? count;
            do
            {
                count = await DeleteAsync().ConfigureAwait(false);
                if (count is { } removed)
                    _outcomes.Succeed(removed);
                else
                    Miss();
            }
            while (count == Step);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // The sweeper stops, and has cancelled the statement.
        }
        catch (Exception exception) // The next sweep may succeed.
        {
            _rhythm.Seen();
            _outcomes.Fail(exception);
        }
    }

    // The other session may keep its turn for ever, so this node does not become idle.
    private void Miss()
    {
        _rhythm.Seen();
        _outcomes.Miss();
    }

    /// <summary>Removes a step of old attachments.</summary>
    /// <returns>Their number; null if another node does it at the moment.</returns>
    private async Task<int?> DeleteAsync()
    {
        HiddenStatements.Begin();
        var worker = await workers.RentAsync(_stopping.Token).ConfigureAwait(false);
        await using var ofWorker = worker.ConfigureAwait(false);
        var command = new NpgsqlCommand(Sql, worker.Connection) { CommandTimeout = StatementLimit.CommandTimeout };
        await using var ofCommand = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<TimeSpan> { TypedValue = interval });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = schema.Name });
        try
        {
            var removed = await StatementLimit.RunAsync(command.ExecuteScalarAsync, StepTime, time, _stopping.Token).ConfigureAwait(false);
            return removed is long count ? (int)count : null;
        }
        catch (Exception exception) when (TableLock.IsSuspected(exception))
        {
            throw await TableLock.NameAsync(worker.Connection, schema, exception, isWrite: true).ConfigureAwait(false);
        }
    }
}

/// <summary>
/// Decides when a node sweeps: once per interval while attachments arrive, and rarely otherwise. Any thread may report an attachment; one
/// loop waits.
/// </summary>
/// <remarks>
/// An idle node sweeps too, because it may be the only one that removes an attachment: its node may have died, or only a peer of another
/// kind may listen to its channel.
/// </remarks>
internal sealed class SweepRhythm(TimeSpan interval, TimeProvider time, Random random)
{
    /// <summary>The most intervals that an idle node waits.</summary>
    public const int IdleIntervals = 10;

    private static readonly TimeSpan LongestIdle = TimeSpan.FromDays(1);

    private readonly TimeSpan _idle = TimeSpan.FromTicks(
        Math.Max(interval.Ticks, Math.Min(interval.Ticks * IdleIntervals, LongestIdle.Ticks)));
    private readonly AsyncSignal _woken = new(isInline: true); // The loop then only sets a timer, on the thread that saw an attachment.
    private long _lastSeen = time.GetTimestamp(); // The start counts as an attachment: one may have been written shortly before.
    private long _lastSwept = time.GetTimestamp();
    private volatile bool _isIdle;

    // An attachment seen less than an interval before the last sweep was too young for it.
    private bool MayBeLeft => time.GetElapsedTime(Volatile.Read(ref _lastSeen), _lastSwept) < interval;

    /// <summary>Reports an attachment, which will be old enough to remove after an interval.</summary>
    public void Seen()
    {
        Volatile.Write(ref _lastSeen, time.GetTimestamp());
        if (_isIdle)
            _woken.Set();
    }

    /// <summary>Completes when the node must sweep, or when it stops.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        _isIdle = true;
        if (MayBeLeft)
            _isIdle = false;
        else
            await IdleAsync(stop).ConfigureAwait(false);

        if (MayBeLeft)
            await Task.Delay(Part(interval), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _lastSwept = time.GetTimestamp();
    }

    private async Task IdleAsync(CancellationToken stop)
    {
        var timer = time.CreateBackgroundTimer(static woken => ((AsyncSignal)woken!).Set(), _woken, Part(_idle), Timeout.InfiniteTimeSpan);
        await using (timer.ConfigureAwait(false))
        {
            using var stopping = stop.UnsafeRegister(static woken => ((AsyncSignal)woken!).Set(), _woken);
            await _woken.WaitAsync().ConfigureAwait(false);
        }

        _isIdle = false;
    }

    // Nodes that start together do not sweep together.
    private TimeSpan Part(TimeSpan whole) => whole * (0.5 + (random.NextDouble() / 2));
}
