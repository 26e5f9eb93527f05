using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Checks at the start whether notifications arrive at the listening connection. The exceptions name the change that is needed.
/// </summary>
internal static class ArrivalProbe
{
    private const string PoolerText =
        "a pooler in transaction mode (PgBouncer: pool_mode = transaction). Let the listener connect to PostgreSQL directly, or through a "
        + "pooler in session mode: its connection string is EventBusOptions.ListenerConnectionString, in the configuration "
        + "EventBus:ListenerConnectionString. The other connections may keep the pooler.";

    /// <summary>The pooler may give another backend to the same session at any time, or happen not to: a few tries are enough.</summary>
    private const int PoolerTries = 3;

    private static readonly TimeSpan PoolerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ArrivalTime = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Checks whether the session keeps its backend while another connection has a transaction. A pooler in transaction mode gives the
    /// backend of the idle session to the transaction.
    /// </summary>
    /// <exception cref="EventBusStartException">There is a pooler in transaction mode.</exception>
    public static async Task CheckPoolerAsync(ListenerSession session, WorkerConnections workers, CancellationToken cancellationToken)
    {
        try
        {
            var worker = await workers.RentAsync(cancellationToken).ConfigureAwait(false);
            await using var ofWorker = worker.ConfigureAwait(false);
            for (var i = 0; i < PoolerTries; i++)
            {
                using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                timeout.CancelAfter(PoolerTime);
                if (!await KeepsBackendAsync(session, worker.Connection, timeout.Token).ConfigureAwait(false))
                    throw new EventBusStartException($"The listening connection does not keep its backend. The cause is {PoolerText}");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The server is busy. The proof by arrival waits longer.
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new EventBusStartException(
                $"The connection to PostgreSQL failed at the start: {exception.Message}", exception, isTransient: true);
        }
    }

    /// <summary>Checks that a notification sent over another connection arrives.</summary>
    /// <param name="workers">Send the notification.</param>
    /// <param name="channel">The channel that the session listens to.</param>
    /// <param name="arrival">Completes when a notification has arrived.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="EventBusStartException">It does not arrive.</exception>
    public static async Task CheckArrivalAsync(
        WorkerConnections workers, string channel, Task arrival, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await workers.NotifyAsync(channel, cancellationToken).ConfigureAwait(false);
            await arrival.WaitAsync(ArrivalTime, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new EventBusStartException(
                $"A notification sent over one connection did not arrive at a connection that listens. The likely cause is {PoolerText} "
                + "If there is no pooler, the connections of the data source may lead to different servers (several hosts, a standby). "
                + "Connect to the primary only.",
                exception);
        }
        catch (NpgsqlException exception)
        {
            throw new EventBusStartException($"PostgreSQL rejected a notification: {exception.Message}", exception, exception.IsTransient);
        }
    }

    private static async Task<bool> KeepsBackendAsync(ListenerSession session, NpgsqlConnection other, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        var before = await session.ReadPidAsync(cancellationToken).ConfigureAwait(false);
        var transaction = await other.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofTransaction = transaction.ConfigureAwait(false);
        var command = new NpgsqlCommand("SELECT pg_backend_pid()", other);
        await using var ofCommand = command.ConfigureAwait(false);
        return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is int pid
            && pid != before
            && await session.ReadPidAsync(cancellationToken).ConfigureAwait(false) == before;
    }
}
