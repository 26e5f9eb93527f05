using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.EntityFrameworkCore;

/// <summary>Reports the steps of <c>SaveChanges</c> and of its transactions to the events of the context.</summary>
internal sealed class SaveInterceptor(IServiceProvider services) : ISaveChangesInterceptor, IDbTransactionInterceptor
{
    // Interceptors are created before the context is known to its services.
    private ContextEvents Events => field ??= services.GetRequiredService<ContextEvents>();

    public InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Events.Begin();
        return result;
    }

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) =>
        new(SavingChanges(eventData, result));

    public InterceptionResult TransactionCommitting(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result)
    {
        Completed(Events.CommittingAsync(transaction, eventData.TransactionId, isSynchronous: true, CancellationToken.None));
        return result;
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await Events.CommittingAsync(transaction, eventData.TransactionId, isSynchronous: false, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Completed(Events.CompleteAsync(result, isSynchronous: true, CancellationToken.None));
        return result;
    }

    public async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await Events.CompleteAsync(result, isSynchronous: false, cancellationToken).ConfigureAwait(false);
        return result;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) =>
        Events.Ended(eventData.TransactionId);

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Events.Ended(eventData.TransactionId);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData) =>
        Events.Ended(eventData.TransactionId);

    public Task TransactionRolledBackAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Events.Ended(eventData.TransactionId);
        return Task.CompletedTask;
    }

    public void CreatedSavepoint(DbTransaction transaction, TransactionEventData eventData) =>
        Events.SavepointCreated(eventData.TransactionId);

    public Task CreatedSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Events.SavepointCreated(eventData.TransactionId);
        return Task.CompletedTask;
    }

    public void RolledBackToSavepoint(DbTransaction transaction, TransactionEventData eventData) =>
        Events.RolledBackToSavepoint(eventData.TransactionId);

    public Task RolledBackToSavepointAsync(
        DbTransaction transaction, TransactionEventData eventData, CancellationToken cancellationToken = default)
    {
        Events.RolledBackToSavepoint(eventData.TransactionId);
        return Task.CompletedTask;
    }

    // A synchronous step awaits only completed tasks: it needs no other thread, so it cannot deadlock.
    private static void Completed(ValueTask step) => step.AsTask().GetAwaiter().GetResult();
}
