using Npgsql;

namespace EventBus;

/// <summary>
/// The transaction of a caller that events are sent in: a transaction of Npgsql, or the transaction of a connection, such as a
/// <c>TransactionScope</c>.
/// </summary>
/// <param name="Transaction">The transaction of Npgsql; null: the connection has the transaction.</param>
/// <param name="Connection">The connection; null: it is the one of the transaction.</param>
/// <param name="Use">The time in which events can be sent, and how; null: until the transaction ends, asynchronously.</param>
internal sealed record CallerTransaction(NpgsqlTransaction? Transaction, NpgsqlConnection? Connection, TransactionUse? Use = null)
{
    public static CallerTransaction Of(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return new(transaction, Connection: null);
    }

    public static CallerTransaction Of(NpgsqlConnection connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        return new(Transaction: null, connection);
    }
}
