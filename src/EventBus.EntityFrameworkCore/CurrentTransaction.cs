using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>Finds the transaction that events of a context can be part of.</summary>
internal static class CurrentTransaction
{
    /// <exception cref="InvalidOperationException">The context has no transaction, or its database is not PostgreSQL.</exception>
    public static NpgsqlTransaction Of(DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Database.CurrentTransaction is { } transaction
            ? Of(transaction)
            : throw new InvalidOperationException(
                $"'{context.GetType().Name}' has no transaction that the event could be part of. Begin one with "
                + "Database.BeginTransactionAsync, or raise the event: context.Raise<TContract>(…) sends it with SaveChanges."
                + (HasAmbient(context) ? " A TransactionScope is no transaction of the context." : ""));
    }

    /// <exception cref="InvalidOperationException">It is no transaction of PostgreSQL.</exception>
    public static NpgsqlTransaction Of(IDbContextTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Of(transaction.GetDbTransaction());
    }

    /// <exception cref="InvalidOperationException">It is no transaction of PostgreSQL.</exception>
    public static NpgsqlTransaction Of(DbTransaction transaction) => transaction as NpgsqlTransaction
        ?? throw new InvalidOperationException(
            $"The events of EventBus cannot be part of a {transaction.GetType().Name}. Use a context of "
            + "Npgsql.EntityFrameworkCore.PostgreSQL.");

    /// <summary>
    /// Requires that the context has, or can begin, a transaction that contains events. The commit of a <c>TransactionScope</c> is no
    /// commit of the context.
    /// </summary>
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

        if (context.Database.CurrentTransaction is null && HasAmbient(context))
        {
            throw new EventNotSentException(
                "The events of the context cannot be sent with a TransactionScope, so SaveChanges has written nothing. Use "
                + "Database.BeginTransactionAsync instead of the scope.",
                isTransient: false);
        }
    }

    private static bool HasAmbient(DbContext context) =>
        Transaction.Current is not null || (context.Database.IsRelational() && context.Database.GetEnlistedTransaction() is not null);
}
