using EventBus.Transport.Connections;
using EventBus.Transport.Journal;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The journal for events in callers' transactions. It is looked up over a connection of the bus, because a statement that fails would
/// abort the caller's transaction. Thread-safe.
/// </summary>
internal sealed class TransactionJournal(ConnectionOpener opener, JournalSetup setup, string source)
{
    private volatile string? _database; // the database that it was looked up in

    /// <summary>The row of an event.</summary>
    /// <param name="id">The unique id of the event.</param>
    /// <param name="database">The identity of the database.</param>
    /// <param name="isSynchronous">Whether to look the journal up on this thread, so that the returned task is complete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventNotSentException">There is no journal, or it could not be looked up.</exception>
    public async ValueTask<TransactionRow> RowAsync(long id, string database, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (_database == database && !setup.IsDue)
            return new TransactionRow(setup.Names, source, id);
        try
        {
            await FindAsync(isSynchronous, cancellationToken).ConfigureAwait(false);
            _database = database;
            return new TransactionRow(setup.Names, source, id);
        }
        catch (Exception exception) when (exception is NpgsqlException or EventBusStartException or TimeoutException or IOException)
        {
            var cause = (JournalFault.Explain(exception, setup.Names) ?? exception.Message).TrimEnd('.');
            throw new EventNotSentException(
                $"The event was not sent within the transaction, because it could not be written to the journal: {cause}. This transaction "
                + "was not changed.",
                exception,
                isTransient: exception is not (PostgresException { MayPass: false } or EventBusStartException));
        }
    }

    /// <summary>A statement failed because of the journal: it is looked up again.</summary>
    public void Distrust() => _database = null;

    private async Task FindAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        var connection = isSynchronous
            ? opener.OpenNow()
            : (await opener.OpenAsync(cancellationToken).ConfigureAwait(false)).Connection;
        try
        {
            await setup.EnsureAsync(connection, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isSynchronous)
                connection.Dispose();
            else
                await connection.CloseQuietlyAsync().ConfigureAwait(false);
        }
    }
}
