using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The savepoint before the rows and events of one <c>SaveChanges</c> in a transaction of the application: if one of them fails, the
/// transaction contains none. EF Core does not see it, so its interceptors take it for none of the application.
/// </summary>
internal readonly struct EventSavepoint(IDbContextTransaction transaction, bool isSynchronous)
{
    private const string Name = "__eventbus";

    private readonly NpgsqlTransaction _transaction = CurrentTransaction.Of(transaction);

    /// <summary>Creates it with the next command, without a round trip.</summary>
    public async ValueTask CreateAsync()
    {
        if (isSynchronous)
            _transaction.Save(Name);
        else
            await _transaction.SaveAsync(Name, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Releases it. The call cannot be cancelled, because the rows and events are complete.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (isSynchronous)
            _transaction.Release(Name);
        else
            await _transaction.ReleaseAsync(Name, CancellationToken.None).ConfigureAwait(false);
    }

    /// <returns>
    /// False if the connection is lost, or still runs a command that an event did not await. The failure before is the one to report.
    /// </returns>
    public async ValueTask<bool> TryRollBackAsync()
    {
        try
        {
            if (isSynchronous)
                _transaction.Rollback(Name);
            else
                await _transaction.RollbackAsync(Name, CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }
}
