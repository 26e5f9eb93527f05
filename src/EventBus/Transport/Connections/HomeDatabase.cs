using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>The database in which the bus listens, by its identity. A caller's transaction must be in it. Thread-safe.</summary>
/// <remarks>
/// Each connection that the bus opens reads the identity, so it is nearly always known. It is read again over a new connection only if a
/// transaction seems to be elsewhere: after a failover, a caller may be connected to the new primary before the bus is.
/// </remarks>
/// <param name="opener">Opens the connections that listen, or, without a listener, the connections that publish.</param>
/// <param name="address">The address, for messages.</param>
/// <param name="timeout">The longest time of reading.</param>
/// <param name="time">The clock.</param>
internal sealed class HomeDatabase(ConnectionOpener opener, DatabaseAddress address, TimeSpan timeout, TimeProvider time)
{
    /// <summary>The time for which an identity that was read again is not read once more.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private Task? _reading;
    private long? _readAt;

    /// <summary>The identity at the last opening of a connection; null if none was opened yet.</summary>
    public string? Identity => opener.Database;

    /// <summary>Reads the identity over a new connection, unless that was done a moment ago.</summary>
    /// <param name="isSynchronous">Whether to read it on this thread, so that the returned task is complete.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventNotSentException">It cannot be read.</exception>
    public async ValueTask<string> ReadAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        try
        {
            if (!IsFresh())
            {
                if (isSynchronous)
                    ReadNow();
                else
                    await ReadOnceAsync().WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventNotSentException(
                "The event was not sent within the transaction: the database of the bus could not be compared with the one of the "
                + $"transaction, because no connection to {address} could be opened: {exception.Message}",
                exception);
        }

        return Identity ?? throw new EventNotSentException(
            "The event was not sent within the transaction: the role of the bus may not identify its database. It needs: "
            + $"{DatabaseIdentity.Grant}.",
            isTransient: false);
    }

    public override string ToString() => address.ToString();

    private bool IsFresh()
    {
        lock (_lock)
            return _readAt is { } readAt && time.GetElapsedTime(readAt) < Fresh;
    }

    // The caller is an async method, so its activity is back when it has returned.
    private void ReadNow()
    {
        HiddenStatements.Begin();
        opener.ReadDatabase();
        lock (_lock)
            _readAt = time.GetTimestamp();
    }

    // Callers that fail together share one connection.
    private Task ReadOnceAsync()
    {
        lock (_lock)
            return _reading ??= BackgroundWork.Run(ReadInBackgroundAsync);
    }

    private async Task ReadInBackgroundAsync()
    {
        try
        {
            var opened = await opener.OpenAsync(CancellationToken.None).ConfigureAwait(false);
            await opened.Connection.CloseQuietlyAsync().ConfigureAwait(false);
            lock (_lock)
                _readAt = time.GetTimestamp();
        }
        finally
        {
            lock (_lock)
                _reading = null;
        }
    }
}
