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
    private readonly Lock _lock = new();
    private readonly Lock _findingNow = new();
    private Task? _finding;
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
            await (isSynchronous ? FindNow(database) : FindOnce(database)).WaitAsync(cancellationToken).ConfigureAwait(false);
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

    // Each caller has a transaction open, so they share one connection.
    private Task FindOnce(string database)
    {
        lock (_lock)
            return _finding ??= BackgroundWork.Run(() => FindAsync(database));
    }

    private async Task FindAsync(string database)
    {
        try
        {
            var opened = await opener.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            try
            {
                await setup.EnsureAsync(opened.Connection, isSynchronous: false, CancellationToken.None).ConfigureAwait(false);
                _database = database;
            }
            finally
            {
                await opened.Connection.CloseQuietlyAsync().ConfigureAwait(false);
            }
        }
        finally
        {
            lock (_lock)
                _finding = null;
        }
    }

    private Task FindNow(string database)
    {
        lock (_findingNow)
        {
            if (_database == database && !setup.IsDue)
                return Task.CompletedTask;
            using var connection = opener.OpenNow();
            var finding = setup.EnsureAsync(connection, isSynchronous: true, CancellationToken.None);
            if (finding.IsCompletedSuccessfully)
                _database = database;
            return finding;
        }
    }
}
