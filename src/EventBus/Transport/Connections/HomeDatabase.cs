using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// The database in which a node listens or a publisher publishes, by its identity. A caller's transaction must be in it. Thread-safe.
/// </summary>
/// <remarks>
/// It is the database of the session, not of the address: after a failover, the session may still be open on the old server, and nobody
/// listens on the new one. So the address is read over a new connection only if the session is not open, or if a transaction is elsewhere.
/// </remarks>
/// <param name="opener">Opens the connections that listen, or, without a listener, the connections that publish.</param>
/// <param name="address">The address, for messages.</param>
/// <param name="timeout">The longest time of reading.</param>
/// <param name="time">The clock.</param>
internal sealed class HomeDatabase(ConnectionOpener opener, DatabaseAddress address, TimeSpan timeout, TimeProvider time)
{
    /// <summary>The time for which the address is not read once more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Lock _readingNow = new();
    private Task? _reading;
    private FoundDatabase _read;
    private long? _readAt;
    private (Exception Failure, long At)? _failed; // of the last synchronous reading

    /// <summary>The session whose database it is. Its owner tells when it begins and ends.</summary>
    public WatchedSession Session { get; } = opener.Watch.Add();

    /// <inheritdoc cref="ConnectionOpener.Watch"/>
    public DatabaseWatch Watch => opener.Watch;

    /// <summary>The identity of the database in which the session is open; null if it is not open, or must move.</summary>
    public string? Identity => Session is { IsOpen: true, IsElsewhere: false } ? Session.Identity : null;

    /// <summary>Reads the identity of the database that the address leads to, unless that was done a moment ago.</summary>
    /// <param name="isSynchronous">Whether to read it on this thread, so that the returned task is complete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The identity, and whether this call began to read it. If not, the address may have moved since.</returns>
    /// <exception cref="EventNotSentException">It cannot be read, or the session must move there.</exception>
    public async ValueTask<(string Identity, bool IsNew)> ReadAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        var isNew = false;
        try
        {
            if (!IsFresh())
            {
                (var reading, isNew) = isSynchronous ? (ReadNow(), true) : ReadOnce();
                await reading.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventNotSentException(
                "The event was not sent within the transaction: the database of the bus could not be compared with the one of the "
                + $"transaction, because no connection to {address} could be opened: {exception.Message}",
                exception);
        }

        return (RequireIdentity(), isNew);
    }

    public override string ToString() => address.ToString();

    private string RequireIdentity()
    {
        FoundDatabase read;
        lock (_lock)
            read = _read;
        if (read.IsStandby)
            throw Moving($"{address} leads to a standby for now");
        if (Session.IsElsewhere)
            throw Moving($"{address} leads to another server than before, and the bus does not listen or publish there yet");

        // The role of the publisher may read what the role of the listener may not, but the database of the listener counts.
        return Session.Identity ?? read.Identity ?? throw new EventNotSentException(
            "The event was not sent within the transaction: the role of the bus may not identify its database. It needs: "
            + $"{DatabaseIdentity.Grant}.",
            isTransient: false);
    }

    private static EventNotSentException Moving(string reason) => new(
        $"The event was not sent within the transaction: {reason}. Repeat the transaction a little later. This transaction was not "
        + "changed.");

    private bool IsFresh()
    {
        lock (_lock)
            return _readAt is { } readAt && time.GetElapsedTime(readAt) < Fresh;
    }

    // The caller is an async method, so its activity is back when it has returned. Callers wait for each other, and share the result.
    private Task ReadNow()
    {
        var began = time.GetTimestamp();
        lock (_readingNow)
        {
            if (IsFresh())
                return Task.CompletedTask;
            if (_failed is var (failure, at) && at >= began) // while this caller has waited
                return Task.FromException(failure);
            try
            {
                HiddenStatements.Begin();
                Keep(opener.ReadDatabase());
                return Task.CompletedTask;
            }
            catch (Exception exception)
            {
                _failed = (exception, time.GetTimestamp());
                throw;
            }
        }
    }

    // Callers that fail together share one connection.
    private (Task Reading, bool IsNew) ReadOnce()
    {
        lock (_lock)
            return _reading is { } reading ? (reading, false) : (_reading = BackgroundWork.Run(ReadInBackgroundAsync), true);
    }

    private async Task ReadInBackgroundAsync()
    {
        try
        {
            var opened = await opener.OpenPastPoolAsync(CancellationToken.None).ConfigureAwait(false);
            await opened.Connection.CloseQuietlyAsync().ConfigureAwait(false);
            Keep(opened.Database);
        }
        finally
        {
            lock (_lock)
                _reading = null;
        }
    }

    private void Keep(in FoundDatabase read)
    {
        lock (_lock)
            (_read, _readAt) = (read, time.GetTimestamp());
    }
}
