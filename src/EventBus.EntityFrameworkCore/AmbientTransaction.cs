using System.Data;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The transaction of <c>System.Transactions</c> that a context writes in: that of a <c>TransactionScope</c>, or of its enlisted
/// connection. EF Core begins no transaction of its own then, and reports neither the commit nor a rollback.
/// </summary>
internal static class AmbientTransaction
{
    /// <returns>Null if there is none.</returns>
    public static Transaction? Of(DbContext context) =>
        context.Database.IsRelational() ? context.Database.GetEnlistedTransaction() ?? Transaction.Current : null;

    /// <summary>The identity of a transaction, for comparisons.</summary>
    public static Guid IdOf(Transaction transaction) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes(transaction.TransactionInformation.LocalIdentifier)).AsSpan(0, 16));

    /// <summary>Ensures that the rows of the context are written in the transaction, before they are.</summary>
    /// <exception cref="EventNotSentException">They would not be.</exception>
    /// <exception cref="InvalidOperationException">The connection is in another transaction.</exception>
    public static void Require(DbContext context, Transaction transaction)
    {
        // Npgsql enlists a connection only when it is opened, so one that was opened before the scope is not in it yet.
        var connection = context.Database.GetDbConnection();
        var isEnlisted = context.Database.GetEnlistedTransaction() is not null;
        if (!isEnlisted && !new NpgsqlConnectionStringBuilder(connection.ConnectionString).Enlist)
            throw NotEnlisted();
        if (connection.State.HasFlag(ConnectionState.Open))
            connection.EnlistTransaction(transaction);
    }

    /// <summary>The open connection of a context, enlisted in the transaction.</summary>
    /// <exception cref="InvalidOperationException">The connection is closed, is in another transaction, or is none of Npgsql.</exception>
    public static NpgsqlConnection ConnectionOf(DbContext context, Transaction transaction)
    {
        var connection = OfNpgsql(context.Database.GetDbConnection());
        if (!connection.FullState.HasFlag(ConnectionState.Open))
        {
            throw new InvalidOperationException(
                $"The connection of '{context.GetType().Name}' is closed, so the event cannot be part of the TransactionScope. "
                + "Call Database.OpenConnectionAsync inside of the scope before, or raise the event: context.Raise<TContract>(…) sends "
                + "it with SaveChanges.");
        }

        connection.EnlistTransaction(transaction);
        return connection;
    }

    /// <summary>Rolls the transaction back because of a failure, unless it has ended.</summary>
    public static void RollBack(Transaction transaction, Exception cause)
    {
        try
        {
            transaction.Rollback(cause);
        }
        catch (Exception exception) when (exception is TransactionException or ObjectDisposedException or InvalidOperationException)
        {
            // It has ended, so it cannot commit the rows. The caller throws the cause.
        }
    }

    private static NpgsqlConnection OfNpgsql(DbConnection connection) => connection as NpgsqlConnection
        ?? throw new InvalidOperationException(
            $"The events of EventBus cannot be sent over a {connection.GetType().Name}. Use a context of "
            + "Npgsql.EntityFrameworkCore.PostgreSQL.");

    private static EventNotSentException NotEnlisted() => new(
        "The connection of the context does not take part in the TransactionScope, because its connection string contains 'Enlist=false'. "
        + "So its events cannot be sent with its rows, and SaveChanges has written nothing. Remove 'Enlist=false', or use "
        + "Database.BeginTransactionAsync instead of the scope.",
        isTransient: false);
}
