using System.Transactions;
using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Checks that a context has, or can begin, a transaction that contains events.</summary>
internal static class SendableTransaction
{
    /// <returns>The ambient transaction in which the context writes; null: its own, or one that EF Core begins.</returns>
    /// <exception cref="EventNotSentException">The context does not write in the ambient transaction.</exception>
    /// <exception cref="InvalidOperationException">The database is not PostgreSQL.</exception>
    public static Transaction? Require(DbContext context)
    {
        if (!context.Database.IsNpgsql())
        {
            throw new InvalidOperationException(
                $"The events of '{context.GetType().Name}' cannot be sent with its changes, because its database is not PostgreSQL. "
                + "Configure it with UseNpgsql.");
        }

        if (context.Database.CurrentTransaction is not null || AmbientTransaction.Of(context) is not { } ambient)
            return null;
        AmbientTransaction.Require(context, ambient);
        return ambient;
    }
}
