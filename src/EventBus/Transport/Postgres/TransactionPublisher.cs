using System.Data;
using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Sends messages inside callers' transactions, on their connections, one statement each. The caller commits or rolls back.
/// </summary>
/// <param name="home">The database of the bus.</param>
/// <param name="schema">The attachment table.</param>
/// <param name="journal">The journal.</param>
/// <param name="timeout">How long an event waits for the start of the bus, if it needs the table.</param>
/// <param name="time">The clock.</param>
internal sealed class TransactionPublisher(
    HomeDatabase home, AttachmentSchema schema, TransactionJournal journal, TimeSpan timeout, TimeProvider time)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LocatedConnections _located = new();
    private long _lastId;

    /// <summary>The attachment table was looked up. Events that need it wait for this.</summary>
    public void Open() => _opened.TrySetResult();

    /// <summary>Sends a message. Completes when the transaction contains it.</summary>
    /// <remarks>If the call is synchronous, it awaits only completed tasks, so that it needs no other thread.</remarks>
    /// <exception cref="EventNotSentException">
    /// The transaction cannot contain the message, and nothing was sent; or PostgreSQL rejected the message, which aborts the transaction.
    /// </exception>
    public async Task PublishAsync(CallerTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        var use = transaction.Use;
        use?.ThrowIfEnded();
        var isSynchronous = use is { IsSynchronous: true };
        RequireOpen(transaction);
        var id = Interlocked.Increment(ref _lastId);
        message.Number(id, ordinal: 0);
        var table = message.IsAttached ? await TableAsync(isSynchronous, cancellationToken).ConfigureAwait(false) : null;
        var expected = DatabaseIdentity.LocalOf(
            home.Identity ?? (await home.ReadAsync(isSynchronous, cancellationToken).ConfigureAwait(false)).Identity);
        var row = message.Journal.IsSet
            ? await journal.RowAsync(id, expected, isSynchronous, cancellationToken).ConfigureAwait(false)
            : null;
        if (await SendAsync(transaction, message, table, row, expected, cancellationToken).ConfigureAwait(false) is not { } elsewhere)
            return;

        // The caller may have followed a failover that the bus has not noticed yet. Reading notices it, and throws.
        var (identity, isNew) = await home.ReadAsync(isSynchronous, cancellationToken).ConfigureAwait(false);
        expected = DatabaseIdentity.LocalOf(identity);
        if (elsewhere != expected
            || await SendAsync(transaction, message, table, row, expected, cancellationToken).ConfigureAwait(false) is not null)
        {
            throw Rejection(
                $"it is in the database {DatabaseAddress.Of(RequireOpen(transaction))} ({elsewhere}), but the bus is in {home} "
                + $"({expected}). The numbers are {DatabaseIdentity.LocalParts}. Begin the transaction in the database of the bus; the "
                + "address does not matter. This transaction was not changed.",
                isTransient: !isNew); // The address may have moved since it was read.
        }
    }

    /// <returns>Null if the message was sent; otherwise the identity of the other database that the transaction is in.</returns>
    private async Task<string?> SendAsync(
        CallerTransaction transaction,
        OutgoingMessage message,
        string? table,
        TransactionRow? row,
        string expected,
        CancellationToken cancellationToken)
    {
        transaction.Use?.ThrowIfEnded(); // The waits before were long.
        var connection = RequireOpen(transaction);
        var statement = new TransactionStatement(transaction, connection);
        var isLocated = false;
        try
        {
            var needsTable = table is not null || row is not null;
            isLocated = needsTable && _located.IsIn(connection, expected);
            if (needsTable && !isLocated)
            {
                var located = await statement.LocateAsync(cancellationToken).ConfigureAwait(false);
                if (located != expected)
                    return located;
                _located.Add(connection, expected);
            }

            var found = await statement.SendAsync(message, table, row, expected, cancellationToken).ConfigureAwait(false);
            return found == expected ? null : found;
        }
        catch (PostgresException exception) when (TransactionStatement.IsOutside(exception))
        {
            throw Rejection(
                "the connection is in none. Begin a transaction on it, or open it inside of the TransactionScope, without "
                + "'Enlist=false' in its connection string.",
                exception);
        }
        catch (Exception exception) when (exception is NpgsqlException or InvalidOperationException or TimeoutException or IOException)
        {
            // Even if the connection was lost in the statement, the outcome is known: PostgreSQL rolls back a transaction that did not
            // commit.
            if (row is not null && exception is PostgresException rejection && JournalFault.IsOfJournal(rejection))
                journal.Distrust();
            var cause = row is not null
                ? JournalFault.Explain(exception, row.Names)
                : MissingPrivilege.ExplainWithin(exception, table is null ? null : schema);
            var isTransient = isLocated && IsTableMissing(exception);
            if (isTransient)
                _located.Remove(connection);
            throw new EventNotSentException(
                $"The event could not be sent within the transaction, which cannot commit it: {cause ?? exception.Message}"
                + (table is null ? "" : $" (attachment table {schema.Name})"),
                exception,
                isTransient);
        }
    }

    // A pooler may have passed the connection to a server without the table. The next attempt reads the database first.
    private static bool IsTableMissing(Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName };

    private static NpgsqlConnection RequireOpen(CallerTransaction caller)
    {
        var connection = caller.Transaction is { } transaction ? UnfinishedConnection(transaction) : caller.Connection!;
        if ((connection.FullState & ConnectionState.Open) == 0)
        {
            throw Rejection(
                "its connection is closed or broken, so PostgreSQL has rolled it back. Begin a new transaction on an open connection.");
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

    private static EventNotSentException Finished(Exception? innerException = null) =>
        Rejection("it was committed, rolled back or disposed before. Send its events before that.", innerException);

    private static EventNotSentException Rejection(string reason, Exception? innerException = null, bool isTransient = false) =>
        new($"The event was not sent within the transaction: {reason}", innerException, isTransient);
}
