using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>Sends raised events in a transaction of the context.</summary>
internal sealed class EventSending(DbContext context, IDbContextOptions options)
{
    private EventSender? _sender;

    /// <summary>
    /// Begins and commits a transaction, in as many attempts as the context allows. Its commit is intercepted, and sends.
    /// </summary>
    public async ValueTask CommitAsync(ContextEvents events, bool isSynchronous, CancellationToken cancellationToken)
    {
        var strategy = context.Database.CreateExecutionStrategy();
        if (isSynchronous)
        {
            strategy.Execute((context.Database, events), static state =>
            {
                using var writing = state.events.Write();
                using var transaction = state.Database.BeginTransaction();
                transaction.Commit();
            });
            return;
        }

        await strategy.ExecuteAsync(
            (context.Database, events),
            static async (state, cancellationToken) =>
            {
                using var writing = state.events.Write();
                var transaction = await state.Database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the events in their order. While they run, the entities have the values that the database has generated.</summary>
    /// <exception cref="EventNotSentException">The transaction cannot contain an event.</exception>
    /// <exception cref="DbUpdateException">PostgreSQL has rejected an event, or the connection was lost.</exception>
    public async ValueTask SendAsync(
        WritingScope writing, SendingTransaction transaction, bool isSynchronous, CancellationToken cancellationToken)
    {
        _sender ??= options.FindExtension<EventBusOptionsExtension>()!.FindSender(options);
        using var generated = GeneratedValues.Show(writing.Rows);
        try
        {
            foreach (var raised in writing.Events)
                await raised.SendAsync(_sender, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch (EventNotSentException exception) when (exception.InnerException is NpgsqlException cause)
        {
            // As for a row: the execution strategy looks into it, and decides whether the attempt is repeated.
            throw new DbUpdateException(exception.Message, cause);
        }
    }
}
