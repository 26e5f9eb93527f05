using Microsoft.EntityFrameworkCore;

namespace EventBus.EntityFrameworkCore;

/// <summary>Checks that a context has, or can begin, a transaction that contains events.</summary>
internal static class SendableTransaction
{
    /// <exception cref="EventNotSentException">There is an ambient or enlisted transaction.</exception>
    /// <exception cref="InvalidOperationException">The database is not PostgreSQL.</exception>
    public static void Require(DbContext context)
    {
        if (!context.Database.IsNpgsql())
        {
            throw new InvalidOperationException(
                $"The events of '{context.GetType().Name}' cannot be sent with its changes, because its database is not PostgreSQL. "
                + "Configure it with UseNpgsql.");
        }

        if (context.Database.CurrentTransaction is null)
            CurrentTransaction.ThrowIfAmbient(context);
    }
}
