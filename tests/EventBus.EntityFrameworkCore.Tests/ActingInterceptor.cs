using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>An interceptor of the application. Each act happens once.</summary>
internal sealed class ActingInterceptor : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly Dictionary<string, Func<ShopContext, Task>> _acts = [];

    public bool SuppressesSaveChanges { get; set; }

    /// <summary>PostgreSQL commits, but the connection is lost before EF Core knows it.</summary>
    public bool LosesCommit { get; set; }

    /// <param name="step">The name of a method of this class.</param>
    /// <param name="act">Runs in the next call of the method.</param>
    public void Once(string step, Func<ShopContext, Task> act) => _acts.Add(step, act);

    public void ThrowOnce(string step) => Once(step, static _ => throw new InvalidDataException("provoked"));

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        await ActAsync(eventData);
        if (!SuppressesSaveChanges)
            return result;
        SuppressesSaveChanges = false;
        return InterceptionResult<int>.SuppressWithResult(0);
    }

    public override async ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        await ActAsync(eventData);
        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default) =>
        ActAsync(eventData);

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        await ActAsync(eventData);
        if (!LosesCommit)
            return result;
        LosesCommit = false;
        await transaction.CommitAsync(cancellationToken);
        throw new NpgsqlException("provoked", new IOException());
    }

    public Task TransactionCommittedAsync(
        DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default) =>
        ActAsync(eventData);

    private Task ActAsync(DbContextEventData eventData, [CallerMemberName] string step = "") =>
        _acts.Remove(step, out var act) ? act((ShopContext)eventData.Context!) : Task.CompletedTask;
}
