using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The savepoint before the events of one <c>SaveChanges</c> in a transaction of the application: if one event fails, none is sent, so all
/// can be sent again. EF Core does not see it, so its interceptors take it for none of the application.
/// </summary>
internal readonly struct EventSavepoint(IDbContextTransaction transaction, bool isSynchronous)
{
    private const string Name = "__eventbus";

    private readonly NpgsqlTransaction _transaction = CurrentTransaction.Of(transaction);

    public async ValueTask CreateAsync(CancellationToken cancellationToken)
    {
        if (isSynchronous)
            _transaction.Save(Name);
        else
            await _transaction.SaveAsync(Name, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        if (isSynchronous)
            _transaction.Release(Name);
        else
            await _transaction.ReleaseAsync(Name, cancellationToken).ConfigureAwait(false);
    }

    /// <returns>
    /// False if the connection is lost, or still runs a command that an event did not await. The failure of the event is the one to report.
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
