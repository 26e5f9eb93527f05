using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>Finds the transaction that events of a context can be part of.</summary>
internal static class CurrentTransaction
{
    /// <summary>Returns an operator within the transaction of a context, or of its enlisted connection.</summary>
    /// <exception cref="InvalidOperationException">The context has no transaction, or its database is not PostgreSQL.</exception>
    public static TransactionOperator<TContract> Of<TContract>(
        DbContext context,
        Func<NpgsqlTransaction, TransactionOperator<TContract>> ofTransaction,
        Func<NpgsqlConnection, TransactionOperator<TContract>> ofEnlisted)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Database.CurrentTransaction is { } transaction)
            return ofTransaction(Of(transaction));
        if (AmbientTransaction.Of(context) is { } ambient)
            return ofEnlisted(AmbientTransaction.ConnectionOf(context, ambient));
        throw new InvalidOperationException(
            $"'{context.GetType().Name}' has no transaction that the event could be part of. Begin one with "
            + "Database.BeginTransactionAsync, or raise the event: context.Raise<TContract>(…) sends it with SaveChanges.");
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

    /// <summary>Requires that the context has, or can begin, a transaction that contains events.</summary>
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
