using Npgsql;

namespace EventBus.EntityFrameworkCore;

/// <summary>The transaction that events are sent in: a transaction of Npgsql, or that of an enlisted connection.</summary>
/// <remarks>
/// Npgsql gives nobody the transaction of an enlisted connection, but PostgreSQL has savepoints in any. So these are SQL.
/// </remarks>
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

    /// <summary>Creates a savepoint.</summary>
    public async ValueTask SaveAsync(string name, bool isSynchronous)
    {
        if (_transaction is null)
            await ExecuteAsync($"SAVEPOINT {name}", isSynchronous).ConfigureAwait(false);
        else if (isSynchronous)
            _transaction.Save(name);
        else
            await _transaction.SaveAsync(name, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Releases a savepoint.</summary>
    public async ValueTask ReleaseAsync(string name, bool isSynchronous)
    {
        if (_transaction is null)
            await ExecuteAsync($"RELEASE SAVEPOINT {name}", isSynchronous).ConfigureAwait(false);
        else if (isSynchronous)
            _transaction.Release(name);
        else
            await _transaction.ReleaseAsync(name, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Rolls back to a savepoint.</summary>
    public async ValueTask RollBackAsync(string name, bool isSynchronous)
    {
        if (_transaction is null)
            await ExecuteAsync($"ROLLBACK TO SAVEPOINT {name}", isSynchronous).ConfigureAwait(false);
        else if (isSynchronous)
            _transaction.Rollback(name);
        else
            await _transaction.RollbackAsync(name, CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask ExecuteAsync(string sql, bool isSynchronous)
    {
        var command = new NpgsqlCommand(sql, _connection);
        await using var ofCommand = command.ConfigureAwait(false);
        if (isSynchronous)
            command.ExecuteNonQuery();
        else
            await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
    }
}
