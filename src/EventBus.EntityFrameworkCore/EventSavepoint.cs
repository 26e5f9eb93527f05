using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The savepoint before the rows and events of one <c>SaveChanges</c> in a transaction of the application: if one of them fails, the
/// transaction contains none. EF Core does not see it, so its interceptors take it for none of the application.
/// </summary>
internal readonly struct EventSavepoint(SendingTransaction transaction, bool isSynchronous)
{
    private const string Name = "__eventbus";

    /// <summary>Creates it. A transaction of Npgsql does that with the next command, without a round trip.</summary>
    public ValueTask CreateAsync() => transaction.SaveAsync(Name, isSynchronous);

    /// <summary>Releases it. The call cannot be cancelled, because the rows and events are complete.</summary>
    public ValueTask ReleaseAsync() => transaction.ReleaseAsync(Name, isSynchronous);

    /// <returns>
    /// False if the connection is lost, or still runs a command that an event did not await. The failure before is the one to report.
    /// </returns>
    public async ValueTask<bool> TryRollBackAsync()
    {
        try
        {
            await transaction.RollBackAsync(Name, isSynchronous).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException)
        {
            return false;
        }
    }
}
