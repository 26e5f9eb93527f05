using System.Data;
using EventBus.Diagnostics;
using EventBus.Transport.Journal;
using Npgsql;

namespace EventBus.Durable;

/// <summary>
/// Handles the events of a page in transactions, each of which ends with the advance of the cursor. So a handler that writes in the
/// transaction writes exactly once: only one epoch can commit an advance. Not thread-safe.
/// </summary>
internal sealed class PartitionBatch
{
    private readonly DurableWork _work;
    private readonly int _partition;
    private readonly CancellationToken _release;
    private readonly EventCall _call;
    private int _attempts; // at the first event behind the cursor
    private int _singles; // events that are handled in transactions of their own, to find the event that fails
    private JournalCursor _stored = null!; // as the table has it
    private bool _isOutcomeUnknown; // of the last commit: then the stored cursor is read again
    private (JournalPlace Place, Exception Error)? _failed; // rolled back with the events before it, so not counted yet

    public PartitionBatch(DurableWork work, int partition, OwnedPartition owned, CancellationToken release)
    {
        (_work, _partition, _release) = (work, partition, release);
        _call = new EventCall(work, partition);
        Take(owned);
    }

    /// <summary>How far the partition has come.</summary>
    public JournalCursor Cursor { get; set; } = null!;

    /// <summary>The epoch that every statement names.</summary>
    public long Epoch { get; private set; }

    /// <summary>Begins a new epoch with the stored cursor: the outcome of a commit may be unknown.</summary>
    /// <exception cref="PartitionFencedException">The partition has another owner.</exception>
    public async Task ReclaimAsync() => Take(
        await _work.Tables.ReclaimAsync(_partition, Epoch, _release).ConfigureAwait(false) ?? throw new PartitionFencedException());

    /// <summary>Stores the cursor without an event.</summary>
    /// <exception cref="PartitionFencedException">The partition has another owner.</exception>
    public async Task StoreAsync()
    {
        var connection = await _work.Connections.OpenConnectionAsync(_release).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        await AdvanceAsync(connection, Cursor, isWorking: false).ConfigureAwait(false);
        _stored = Cursor;
    }

    /// <summary>Compares the table with what this owner has stored: a failover or a crash may have undone a commit.</summary>
    /// <returns>Whether it is the same; else the cursor is that of the table.</returns>
    /// <exception cref="PartitionFencedException">The partition has another owner.</exception>
    public async Task<bool> IsStoredAsync()
    {
        var present = await _work.Tables.ReadAsync(_partition, Epoch, _release).ConfigureAwait(false)
            ?? throw new PartitionFencedException();
        if (present.Cursor == _stored)
            return true;
        await ReclaimAsync().ConfigureAwait(false);
        return false;
    }

    /// <summary>Handles the events of a page. It returns early if the partition is to be released.</summary>
    /// <exception cref="PartitionFencedException">The partition has another owner.</exception>
    public async Task HandleAsync(JournalPage page, List<JournalEvent> events)
    {
        var lease = await PartitionLease.BeginAsync(_work, _partition, Epoch, _release).ConfigureAwait(false);
        await using var ofLease = lease.ConfigureAwait(false);
        for (var done = 0; done < events.Count && !_release.IsCancellationRequested;)
            done += await HandleSomeAsync(page, events, done).ConfigureAwait(false);
    }

    /// <returns>The number of events that are done.</returns>
    private async Task<int> HandleSomeAsync(JournalPage page, List<JournalEvent> events, int first)
    {
        if (_failed is { } failed && failed.Place == events[first].Place)
        {
            _failed = null;
            return await FailAsync(page, events, first, failed.Error).ConfigureAwait(false);
        }

        // The end of a process may be due to any event of its transaction. The second one is due to the first event, which was alone.
        if (_attempts >= Math.Max(2, _work.Options.MaxAttempts))
        {
            var error = new ProcessEndedException(
                $"The process ended while it handled this event, or the handler failed: {_attempts} times.");
            return await BuryAsync(page, events, first, error).ConfigureAwait(false);
        }

        var count = _singles > 0 ? 1 : Math.Min(_work.Options.TransactionEvents, events.Count - first);
        var (handled, isCommitted, error2) = await HandleTogetherAsync(page, events, first, count).ConfigureAwait(false);
        if (error2 is null)
            return handled;
        if (isCommitted || handled == 0)
            return handled + await FailAsync(page, events, first + handled, error2).ConfigureAwait(false);
        _failed = (events[first + handled].Place, error2);
        _singles = handled + 1;
        return 0;
    }

    /// <summary>Handles events in one transaction, up to the first event that fails.</summary>
    /// <returns>The number of events before that one; whether they are committed; the error.</returns>
    private async Task<(int Handled, bool IsCommitted, Exception? Error)> HandleTogetherAsync(
        JournalPage page, List<JournalEvent> events, int first, int count)
    {
        var connection = await _work.Connections.OpenConnectionAsync(_release).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, _release).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        var began = _work.Time.GetTimestamp();
        var used = new DurableTransaction(transaction);
        var handled = 0;
        Exception? error = null;
        while (handled < count && error is null && !IsTimeToStore(began, handled))
        {
            error = await _call.InvokeAsync(events[first + handled], _attempts + 1, connection, used, _release).ConfigureAwait(false);
            if (error is null)
                handled++;
        }

        // Its disposal rolls it back, also if its connection is broken: the handler may have kept it idle for too long.
        if (handled == 0 || (error is not null && used.IsUsed))
            return (handled, false, error);

        try
        {
            await CommitAsync(connection, transaction, page, events, first + handled).ConfigureAwait(false);
        }
        catch (PostgresException exception) when (used.IsUsed && !_isOutcomeUnknown)
        {
            // The handler has left the transaction in a state that cannot be committed: a failed statement, a deferred constraint.
            _singles = handled;
            return (0, false, handled == 1 ? exception : null);
        }

        foreach (var report in used.Committed)
            await report().ConfigureAwait(false);
        _singles = Math.Max(0, _singles - handled);
        _work.Diagnostics.DurableHandled.Add(handled);
        return (handled, true, error);
    }

    // What slow handlers have done is stored from time to time.
    private bool IsTimeToStore(long began, int handled) =>
        handled > 0 && (_release.IsCancellationRequested || _work.Time.GetElapsedTime(began) > _work.Options.Lease / 2);

    private async Task<int> FailAsync(JournalPage page, List<JournalEvent> events, int index, Exception error)
    {
        // If the database is gone, this fails, too, and the attempt does not count.
        if (!await _work.Tables.FailAsync(_partition, Epoch, _release).ConfigureAwait(false))
            throw new PartitionFencedException();
        _attempts++;
        _work.Diagnostics.HandlerFailures.Add();
        if (_attempts >= _work.Options.MaxAttempts)
            return await BuryAsync(page, events, index, error).ConfigureAwait(false);
        var delay = DelayAfter(_attempts);
        _work.Diagnostics.DurableRetried.Add();
        _work.Diagnostics.Logger.EventRetried(_work.Group, events[index].Name, _attempts, delay, error);
        _singles = Math.Max(_singles, 1);
        await Task.Delay(delay, _work.Time, _release).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;
    }

    private TimeSpan DelayAfter(int attempts)
    {
        var delay = _work.Options.FirstRetry * Math.Pow(2, Math.Min(attempts - 1, 20));
        return (delay < _work.Options.LongestRetry ? delay : _work.Options.LongestRetry) * (0.75 + (Random.Shared.NextDouble() / 4));
    }

    private async Task<int> BuryAsync(JournalPage page, List<JournalEvent> events, int index, Exception error)
    {
        var attempts = _attempts;
        var connection = await _work.Connections.OpenConnectionAsync(_release).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, _release).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        await _work.Letters.BuryAsync(connection, events[index], "dead", attempts, error.ToString(), _release).ConfigureAwait(false);
        await CommitAsync(connection, transaction, page, events, index + 1).ConfigureAwait(false);
        _singles = Math.Max(0, _singles - 1);
        await _call.ReportBuriedAsync(events[index], attempts, error).ConfigureAwait(false);
        return 1;
    }

    private async Task CommitAsync(
        NpgsqlConnection connection, NpgsqlTransaction transaction, JournalPage page, List<JournalEvent> events, int done)
    {
        var cursor = done < events.Count ? page.After(events[done - 1]) : page.Next;
        _isOutcomeUnknown = false;
        await AdvanceAsync(connection, cursor, isWorking: done < events.Count).ConfigureAwait(false);
        try
        {
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            _isOutcomeUnknown = exception is not PostgresException { InvariantSeverity: "ERROR" };
            throw;
        }

        (Cursor, _stored) = (cursor, cursor);
        _attempts = 0;
    }

    // A transaction that is not committed is rolled back when it is disposed.
    private async Task AdvanceAsync(NpgsqlConnection connection, JournalCursor cursor, bool isWorking)
    {
        if (!await _work.Tables
            .AdvanceAsync(connection, _partition, Epoch, isWorking, cursor, _work.Options.Lease, CancellationToken.None)
            .ConfigureAwait(false))
        {
            throw new PartitionFencedException();
        }
    }

    private void Take(OwnedPartition owned)
    {
        (Epoch, Cursor, _stored, _attempts, _failed) = (owned.Epoch, owned.Cursor, owned.Cursor, owned.Attempts, null);
        _singles = owned.Attempts > 0 ? _work.Options.TransactionEvents : 0;
    }
}
