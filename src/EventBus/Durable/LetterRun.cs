using EventBus.Transport.Journal;
using Npgsql;

namespace EventBus.Durable;

/// <summary>Handles the dead letters of a partition that were resumed, one at a time and in their order.</summary>
internal sealed class LetterRun(DurableWork work, int partition)
{
    private readonly EventCall _call = new(work, partition);

    /// <summary>Handles the next resumed letter.</summary>
    /// <param name="epoch">The epoch of this owner.</param>
    /// <param name="release">Cancelled when the partition is released.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="PartitionFencedException">The partition has another owner.</exception>
    public async Task<bool> HandleNextAsync(long epoch, CancellationToken release)
    {
        var connection = await work.Connections.OpenConnectionAsync(release).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        if (await work.Letters.NextResumedAsync(connection, work.Partitions, partition, release).ConfigureAwait(false) is not { } letter)
            return false;

        var lease = await PartitionLease.BeginAsync(work, partition, epoch, release).ConfigureAwait(false);
        await using var ofLease = lease.ConfigureAwait(false);

        // If the process ends now, the letter is dead again, and does not end the next process, too.
        await FailAsync(connection, letter, "The process ended while it handled this event again.").ConfigureAwait(false);
        try
        {
            if (await TryHandleAsync(connection, letter, epoch, release).ConfigureAwait(false) is { } error)
                await ReportAsync(connection, letter, error).ConfigureAwait(false);
        }
        catch // The host stops, the database is gone, or the partition has another owner: it was no attempt.
        {
            await work.Letters.ResumeAsync([letter.Id], CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        return true;
    }

    /// <returns>The error; null if the letter is handled and removed.</returns>
    private async Task<Exception?> TryHandleAsync(
        NpgsqlConnection connection, ResumedLetter letter, long epoch, CancellationToken release)
    {
        var transaction = await connection.BeginTransactionAsync(release).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        object? decoded;
        try
        {
            decoded = work.Events.Decode(letter.Event);
        }
        catch (Exception exception) // The constructor of a payload type may throw anything.
        {
            return exception;
        }

        var used = new DurableTransaction(transaction);
        if (decoded is not null && await _call
            .CallAsync(decoded, letter.Event, letter.Attempts + 1, connection, used, release)
            .ConfigureAwait(false) is { } error)
        {
            return error;
        }

        await work.Letters.SettleAsync(connection, letter, CancellationToken.None).ConfigureAwait(false);
        if (!await work.Tables.FenceAsync(connection, partition, epoch, CancellationToken.None).ConfigureAwait(false))
            throw new PartitionFencedException();
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        work.Diagnostics.DurableHandled.Add();
        return null;
    }

    private async Task ReportAsync(NpgsqlConnection connection, ResumedLetter letter, Exception error)
    {
        await work.Letters.SetErrorAsync(connection, letter, error.ToString(), CancellationToken.None).ConfigureAwait(false);
        work.Diagnostics.HandlerFailures.Add();
        await _call.ReportBuriedAsync(letter.Event, letter.Attempts + 1, error).ConfigureAwait(false);
    }

    private Task FailAsync(NpgsqlConnection connection, ResumedLetter letter, string error) =>
        work.Letters.FailAgainAsync(connection, letter, error, CancellationToken.None);
}
