using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>Sends raised events in a transaction of the context.</summary>
internal sealed class EventSending(DbContext context, IDbContextOptions options)
{
    private EventSender? _sender;

    /// <summary>Sends the events in their order. While it runs, their entities have the values that the database has generated.</summary>
    /// <exception cref="EventNotSentException">The transaction cannot contain an event, or PostgreSQL has rejected it.</exception>
    /// <exception cref="DbUpdateException">An event has failed for a reason that EF Core may retry.</exception>
    public ValueTask SendAsync(
        IReadOnlyList<RaisedEvent> events, DbTransaction transaction, bool isSynchronous, CancellationToken cancellationToken) =>
        events.Count == 0
            ? ValueTask.CompletedTask
            : SendAsync(events, new SendingTransaction(CurrentTransaction.Of(transaction)), isSynchronous, cancellationToken);

    /// <summary>Sends the events in the ambient transaction, over the connection of the context, which is enlisted in it.</summary>
    /// <inheritdoc cref="SendAsync(IReadOnlyList{RaisedEvent}, DbTransaction, bool, CancellationToken)"/>
    public async ValueTask SendEnlistedAsync(
        IReadOnlyList<RaisedEvent> events, Transaction ambient, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return;

        // EF Core has closed the connection after the rows. In the same transaction, Npgsql opens the same one again.
        if (isSynchronous)
            context.Database.OpenConnection();
        else
            await context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = new SendingTransaction(AmbientTransaction.ConnectionOf(context, ambient));
            await SendAsync(events, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isSynchronous)
                context.Database.CloseConnection();
            else
                await context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Begins and commits a transaction, in as many attempts as the context allows. Its commit is intercepted, and sends.
    /// </summary>
    public async ValueTask CommitAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        var strategy = context.Database.CreateExecutionStrategy();
        if (isSynchronous)
        {
            strategy.Execute(context.Database, static database =>
            {
                using var transaction = database.BeginTransaction();
                transaction.Commit();
            });
            return;
        }

        await strategy.ExecuteAsync(
            context.Database,
            static async (database, cancellationToken) =>
            {
                var transaction = await database.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
                await using (transaction.ConfigureAwait(false))
                    await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask SendAsync(
        IReadOnlyList<RaisedEvent> events, SendingTransaction transaction, bool isSynchronous, CancellationToken cancellationToken)
    {
        _sender ??= options.FindExtension<EventBusOptionsExtension>()!.FindSender(options);
        using var generated = GeneratedValues.Show(context);
        try
        {
            foreach (var raised in events)
                await raised.SendAsync(_sender, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch (EventNotSentException exception) when (exception.InnerException is NpgsqlException { IsTransient: true } cause)
        {
            // EF Core retries a failure that it knows. The transaction is rolled back, so the attempt is repeated as a whole.
            throw new DbUpdateException(exception.Message, cause);
        }
    }
}
