using System.Data;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Sends messages inside callers' transactions, on their connections, one statement each. The caller commits or rolls back.
/// </summary>
/// <remarks>
/// Unlike the statement of the pipeline, which sets <c>synchronous_commit</c>, this one changes no setting of the session. It is not
/// prepared, because the caller's connection would keep the prepared statement.
/// </remarks>
internal sealed class TransactionPublisher(
    NpgsqlDataSource dataSource, AttachmentSchema schema, TimeSpan timeout, TimeProvider time)
{
    private readonly DatabaseAddress _home = new(dataSource);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _lastId;

    /// <summary>The attachment table was looked up. Events that need it wait for this.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Sends a message. Completes when the transaction contains it.</summary>
    /// <remarks>If the call is synchronous, it awaits only completed tasks, so that it needs no other thread.</remarks>
    /// <exception cref="EventNotSentException">
    /// The transaction cannot contain the message, and nothing was sent; or PostgreSQL rejected the message, which aborts the transaction.
    /// </exception>
    public async Task PublishAsync(
        NpgsqlTransaction transaction, OutgoingMessage message, TransactionUse? use, CancellationToken cancellationToken)
    {
        use?.ThrowIfEnded();
        var isSynchronous = use is { IsSynchronous: true };
        var connection = Check(transaction);
        message.Number(Interlocked.Increment(ref _lastId), ordinal: 0);
        var command = message.IsAttached
            ? AttachedCommand(message, await TableAsync(isSynchronous, cancellationToken).ConfigureAwait(false))
            : InlineCommand(message);
        await using (command.ConfigureAwait(false))
        {
            use?.ThrowIfEnded(); // The wait for the table was long.
            command.Connection = connection;
            command.Transaction = transaction;
            try
            {
                if (isSynchronous)
                    command.ExecuteNonQuery();
                else
                    await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
            {
                // Even if the connection was lost in the statement, the outcome is known: PostgreSQL rolls back a transaction that did not
                // commit.
                var table = message.IsAttached ? $" (attachment table {schema.Name})" : "";
                throw new EventNotSentException(
                    $"The event could not be sent within the transaction, which cannot commit it: {exception.Message}{table}",
                    exception,
                    isTransient: false);
            }
        }
    }

    private NpgsqlConnection Check(NpgsqlTransaction transaction)
    {
        var connection = UnfinishedConnection(transaction);
        if ((connection.FullState & ConnectionState.Open) == 0)
        {
            throw Rejection(
                "its connection is closed or broken, so PostgreSQL has rolled it back. Begin a new transaction on an open connection.");
        }

        if (!_home.IsOf(connection))
        {
            throw Rejection(
                $"it is in the database {DatabaseAddress.Of(connection)}, but the bus is in {_home}. Begin the transaction on a connection "
                + "whose connection string names the same host, port and database.");
        }

        return connection;
    }

    private static NpgsqlConnection UnfinishedConnection(NpgsqlTransaction transaction)
    {
        try
        {
            _ = transaction.IsolationLevel; // A finished transaction throws.
            return transaction.Connection ?? throw Finished();
        }
        catch (InvalidOperationException exception) // ObjectDisposedException, for a disposed transaction, derives from it.
        {
            throw Finished(exception);
        }
    }

    private async Task<string> TableAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        if (isSynchronous && !_opened.Task.IsCompleted)
        {
            throw Rejection(
                "it needs the attachment table, and the bus or publisher has not started. A synchronous call does not wait for it: start "
                + "it before, or call SaveChangesAsync.");
        }

        try
        {
            await _opened.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            return schema.Name; // With its schema, because the caller's search path may be another.
        }
        catch (TimeoutException exception)
        {
            throw Rejection(
                $"it needs the attachment table, and the bus or publisher did not start within {timeout.TotalSeconds} s.", exception);
        }
    }

    private static NpgsqlCommand InlineCommand(OutgoingMessage message) => new("SELECT pg_notify($1, $2)")
    {
        Parameters = { Text(message.Channel), Text(message.Payload) },
    };

    private static NpgsqlCommand AttachedCommand(OutgoingMessage message, string table) =>
        new($"""
            WITH attachment AS (INSERT INTO {table} (payload) VALUES ($2) RETURNING id)
            SELECT pg_notify($1, $3 || id || $4) FROM attachment
            """)
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

    private static NpgsqlParameter<ReadOnlyMemory<byte>> Text(ReadOnlyMemory<byte> utf8) =>
        new() { TypedValue = utf8, NpgsqlDbType = NpgsqlDbType.Text };

    private static EventNotSentException Finished(Exception? innerException = null) =>
        Rejection("it was committed, rolled back or disposed before. Send its events before that.", innerException);

    private static EventNotSentException Rejection(string reason, Exception? innerException = null) =>
        new($"The event was not sent within the transaction: {reason}", innerException, isTransient: false);
}
