using EventBus.Diagnostics;
using EventBus.Transport.Journal;
using Npgsql;

namespace EventBus.Durable;

/// <summary>Calls the handler of a group with one event.</summary>
internal sealed class EventCall(DurableWork work, int partition)
{
    /// <summary>Handles an event. An event that cannot be decoded becomes a dead letter at once.</summary>
    /// <param name="item">The event.</param>
    /// <param name="attempt">The number of the attempt, from 1.</param>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="transaction">The transaction.</param>
    /// <param name="release">Cancelled when the partition is released.</param>
    /// <returns>The error of the handler; null if the event is done.</returns>
    /// <exception cref="OperationCanceledException">The host stops.</exception>
    public async Task<Exception?> InvokeAsync(
        JournalEvent item, int attempt, NpgsqlConnection connection, DurableTransaction transaction, CancellationToken release)
    {
        object? decoded;
        try
        {
            decoded = work.Events.Decode(item);
        }
        catch (Exception exception) // The constructor of a payload type may throw anything.
        {
            transaction.Use();
            await work.Letters.BuryAsync(connection, item, "dead", 0, exception.ToString(), release).ConfigureAwait(false);
            transaction.Committed.Add(() => ReportBuriedAsync(item, 0, exception));
            return null;
        }

        if (decoded is null || await ParkAsync(item, connection, transaction, release).ConfigureAwait(false))
            return null;
        return await CallAsync(decoded, item, attempt, connection, transaction, release).ConfigureAwait(false);
    }

    /// <summary>Calls the handler with a decoded event.</summary>
    /// <inheritdoc cref="InvokeAsync"/>
    public async Task<Exception?> CallAsync(
        object decoded,
        JournalEvent item,
        int attempt,
        NpgsqlConnection connection,
        DurableTransaction transaction,
        CancellationToken release)
    {
        if (!transaction.IsLimited)
            await LimitIdleAsync(connection, transaction, release).ConfigureAwait(false);
        try
        {
            var context = new DurableContext(work.Group, partition, item.Identity, item.At, attempt, transaction);
            await work.Handler.InvokeAsync(decoded, context).ConfigureAwait(false);
            return transaction.HasEnded
                ? new InvalidOperationException("The handler has ended DurableContext.Transaction. The group commits it with the position.")
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !work.Handler.Stop.IsCancellationRequested)
        {
            return exception;
        }
    }

    /// <summary>Reports a dead letter that was stored.</summary>
    public async Task ReportBuriedAsync(JournalEvent item, int attempts, Exception error)
    {
        work.Bury();
        work.Diagnostics.DurableDead.Add();
        work.Diagnostics.Logger.EventBuried(work.Group, item.Identity, attempts, error);
        work.Diagnostics.Report(error);
        try
        {
            if (work.Events.Decode(item) is { } decoded)
                await work.Handler.BuriedAsync(decoded, error).ConfigureAwait(false);
        }
        catch (EventSerializationException)
        {
            // This is the error that was reported.
        }
        catch (Exception exception)
        {
            work.Diagnostics.Logger.DeadLetterHandlerThrew(work.Group, exception);
            work.Diagnostics.Report(exception);
        }
    }

    // Locks of a handler that is frozen end with the lease.
    private async Task LimitIdleAsync(NpgsqlConnection connection, DurableTransaction transaction, CancellationToken release)
    {
        transaction.IsLimited = true;
        var milliseconds = (long)work.Options.Lease.TotalMilliseconds;
        var command = new NpgsqlCommand($"SET LOCAL idle_in_transaction_session_timeout = {milliseconds}", connection);
        await using var ofCommand = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(release).ConfigureAwait(false);
    }

    private async Task<bool> ParkAsync(
        JournalEvent item, NpgsqlConnection connection, DurableTransaction transaction, CancellationToken release)
    {
        if (work.Options.Order != DurableOrder.Keep || !work.HasLetters)
            return false;
        transaction.Use();
        if (!await work.Letters.IsHeldAsync(connection, item.Key, release).ConfigureAwait(false))
            return false;
        await work.Letters.BuryAsync(connection, item, "parked", 0, "An earlier event with this key is a dead letter.", release)
            .ConfigureAwait(false);
        return true;
    }
}
