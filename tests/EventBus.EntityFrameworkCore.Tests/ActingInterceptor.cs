using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>An interceptor of the application, which acts after the one of EventBus. Each act happens once.</summary>
internal sealed class ActingInterceptor : SaveChangesInterceptor, IDbTransactionInterceptor
{
    public bool ThrowsInSavingChanges { get; set; }

    public bool ThrowsInSaveChangesFailed { get; set; }

    public bool SuppressesSaveChanges { get; set; }

    /// <summary>PostgreSQL commits, but the connection is lost before EF Core knows it.</summary>
    public bool LosesCommit { get; set; }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (ThrowsInSavingChanges)
        {
            ThrowsInSavingChanges = false;
            throw new InvalidDataException("provoked");
        }

        if (!SuppressesSaveChanges)
            return new(result);
        SuppressesSaveChanges = false;
        return new(InterceptionResult<int>.SuppressWithResult(0));
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!ThrowsInSaveChangesFailed)
            return Task.CompletedTask;
        ThrowsInSaveChangesFailed = false;
        throw new InvalidDataException("provoked");
    }

    public async ValueTask<InterceptionResult> TransactionCommittingAsync(
        DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
    {
        if (!LosesCommit)
            return result;
        LosesCommit = false;
        await transaction.CommitAsync(cancellationToken);
        throw new NpgsqlException("provoked", new IOException());
    }
}
