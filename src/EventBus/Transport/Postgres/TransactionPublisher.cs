using System.Data;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>Sends messages inside callers' transactions, on their connections, one statement each. It holds nothing: what commits, and when, is the caller's affair.</summary>
/// <remarks>The statement changes no setting of the session, where the pipeline's sets <c>synchronous_commit</c>, and is not prepared, for the caller's connection would keep it.</remarks>
internal sealed class TransactionPublisher(NpgsqlDataSource dataSource, TimeSpan timeout, TimeProvider time)
{
    private readonly DatabaseAddress _home = new(dataSource);
    private readonly TaskCompletionSource<string> _table = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;

    /// <summary>Tells the attachment table, quoted and with its schema: the caller's search path may be another. Until then events that need it wait.</summary>
    public void Open(string table) => _table.TrySetResult(table);

    /// <summary>Sends a message; completes when the transaction holds it.</summary>
    /// <exception cref="EventNotSentException">The transaction cannot hold the message, and nothing was sent; or PostgreSQL refused it, which aborts the transaction.</exception>
    public async Task PublishAsync(NpgsqlTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var connection = Check(transaction);
        message.Number(Interlocked.Increment(ref _lastId), ordinal: 0);
        var command = message.IsAttached ? AttachedCommand(message, await TableAsync(cancellationToken).ConfigureAwait(false)) : InlineCommand(message);
        await using (command.ConfigureAwait(false))
        {
            command.Connection = connection;
            command.Transaction = transaction;
            try
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
            {
                // Even a connection lost in the statement leaves nothing unknown: what was not committed is rolled back.
                throw new EventNotSentException($"The event could not be sent within the transaction, which cannot commit it: {exception.Message}", exception, isTransient: false);
            }
        }
    }

    private NpgsqlConnection Check(NpgsqlTransaction transaction)
    {
        var connection = UnfinishedConnection(transaction);
        if ((connection.FullState & ConnectionState.Open) == 0)
            throw Refusal("its connection is closed or broken, so the transaction has been rolled back. Begin another one on an open connection.");
        if (!_home.IsOf(connection))
        {
            throw Refusal(
                $"it is in the database {DatabaseAddress.Of(connection)}, and the bus in {_home}, where its events have to be. Begin the transaction on a connection whose connection string names the same host, port and database.");
        }

        return connection;
    }

    private static NpgsqlConnection UnfinishedConnection(NpgsqlTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel; // Only a transaction that is under way has one.
            return transaction.Connection ?? throw Finished();
        }
        catch (InvalidOperationException exception) // A disposed one is ObjectDisposedException, which is one of these.
        {
            throw Finished(exception);
        }
    }

    private async Task<string> TableAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _table.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw Refusal($"it needs the attachment table, and the bus or publisher has not started within {timeout.TotalSeconds} s.", exception);
        }
    }

    private static NpgsqlCommand InlineCommand(OutgoingMessage message) => new("SELECT pg_notify($1, $2)")
    {
        Parameters = { Text(message.Channel), Text(message.Payload) },
    };

    private static NpgsqlCommand AttachedCommand(OutgoingMessage message, string table) =>
        new($"WITH attachment AS (INSERT INTO {table} (payload) VALUES ($2) RETURNING id) SELECT pg_notify($1, $3 || id || $4) FROM attachment")
        {
            Parameters =
            {
                Text(message.Channel),
                new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = message.Attachment, NpgsqlDbType = NpgsqlDbType.Bytea },
                Text(message.Head),
                Text(message.Tail),
            },
        };

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Text(ReadOnlyMemory<byte> utf8) => new() { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Text };

    private static EventNotSentException Finished(Exception? innerException = null) =>
        Refusal("it was committed, rolled back or disposed before. Send its events before that.", innerException);

    private static EventNotSentException Refusal(string reason, Exception? innerException = null) =>
        new($"The event was not sent within the transaction: {reason}", innerException, isTransient: false);
}
