namespace EventBus.Transport.Postgres;

/// <summary>
/// Checks whether a silent listening connection still receives notifications. A pooler may have changed to transaction mode, or the address
/// of the server may lead elsewhere: then the connection responds, but nothing arrives.
/// </summary>
/// <param name="channel">A channel of its own that the connection listens to.</param>
/// <param name="notify">
/// Sends a notification over the publishing connection. Its task is cancelled if the notification is not committed.
/// </param>
internal sealed class ArrivalCheck(string channel, Func<string, Task> notify)
{
    // PostgreSQL sends a committed notification before the response to the next query. The second query covers a notification that was
    // committed during the first.
    private const int Queries = 2;

    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task? _sent;
    private int _arrived;
    private int _arrivedBefore;

    public string Channel => channel;

    /// <summary>Completes when the first notification has arrived.</summary>
    public Task First => _first.Task;

    private bool HasNotArrived => Volatile.Read(ref _arrived) == _arrivedBefore;

    /// <summary>A notification has arrived on the channel.</summary>
    public void Arrived()
    {
        Interlocked.Increment(ref _arrived);
        _first.TrySetResult();
    }

    /// <summary>Forgets a notification that was sent: the connection has received something, or is another one.</summary>
    public void Reset() => _sent = null;

    /// <summary>The connection was silent for a while: sends a notification, unless an earlier one is still awaited.</summary>
    public void Send()
    {
        if (_sent is not (null or { IsCanceled: true } or { IsFaulted: true }))
            return;
        _arrivedBefore = Volatile.Read(ref _arrived);
        _sent = notify(channel);
    }

    /// <summary>
    /// The connection is still silent, and responds. If the notification is committed, decides that none arrives. Without a publishing
    /// connection there is nothing to decide.
    /// </summary>
    /// <exception cref="NotificationsMissingException">The connection receives no notifications.</exception>
    public async Task RequireAsync(Func<Task> query)
    {
        if (_sent is not { IsCompletedSuccessfully: true })
            return;
        await RequireArrivalAsync(query).ConfigureAwait(false);
        _sent = null;
    }

    /// <summary>Sends a notification, and checks that it arrives. Without a publishing connection there is nothing to check.</summary>
    /// <exception cref="NotificationsMissingException">It does not arrive.</exception>
    public async Task ProveAsync(Func<Task> query, TimeSpan timeout, TimeProvider time)
    {
        _arrivedBefore = Volatile.Read(ref _arrived);
        var sent = notify(channel);
        await sent.WaitAsync(timeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (sent.IsCompletedSuccessfully)
            await RequireArrivalAsync(query).ConfigureAwait(false);
    }

    private async Task RequireArrivalAsync(Func<Task> query)
    {
        for (var i = 0; i < Queries && HasNotArrived; i++)
            await query().ConfigureAwait(false);
        if (HasNotArrived)
        {
            throw new NotificationsMissingException(
                "The listening connection responds, but a committed notification did not arrive. The likely causes are a pooler in "
                + "transaction mode (PgBouncer: pool_mode = transaction), and an address that leads to another server by now. EventBus "
                + "opens its connections again. Connect to the primary directly, or through a pooler in session mode.");
        }
    }
}
