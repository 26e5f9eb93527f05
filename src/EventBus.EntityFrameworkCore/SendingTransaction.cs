using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>The transaction that events are sent in: a transaction of Npgsql, or that of an enlisted connection.</summary>
internal readonly struct SendingTransaction
{
    private readonly NpgsqlTransaction? _transaction;
    private readonly NpgsqlConnection? _connection;

    public SendingTransaction(NpgsqlTransaction transaction) => _transaction = transaction;

    public SendingTransaction(NpgsqlConnection enlisted) => _connection = enlisted;

    /// <summary>The operator of a contract in the transaction.</summary>
    public TransactionOperator<TContract> Within<TContract>(EventSender sender)
        where TContract : class
        => _transaction is not null ? sender.Within<TContract>(_transaction) : sender.Within<TContract>(_connection!);
}
