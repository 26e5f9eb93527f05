namespace EventBus.EntityFrameworkCore;

/// <summary>One call of <c>Raise</c>: it sends its events when the rows are written, again in each attempt.</summary>
internal abstract class RaisedEvent(RaisedEvents owner)
{
    private static long s_last;

    private readonly RaisedEvents _owner = owner;

    /// <summary>The place in the order of all calls of this process, so that events of several entities keep it.</summary>
    public long Number { get; } = Interlocked.Increment(ref s_last);

    /// <summary>The events are not pending any more.</summary>
    public static void Forget(IReadOnlySet<RaisedEvent> events)
    {
        foreach (var owner in events.Select(static raised => raised._owner).ToHashSet())
            owner.Remove(events);
    }

    /// <summary>Sends within the transaction.</summary>
    /// <param name="sender">The bus or publisher.</param>
    /// <param name="transaction">The transaction that writes the rows.</param>
    /// <param name="isSynchronous">Whether the task shall be complete when the call returns.</param>
    /// <param name="cancellationToken">Cancels the statement, which aborts the transaction.</param>
    public abstract ValueTask SendAsync(
        EventSender sender, SendingTransaction transaction, bool isSynchronous, CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class RaisedEvent<TContract>(
    RaisedEvents owner, Func<TransactionOperator<TContract>, CancellationToken, ValueTask> send) : RaisedEvent(owner)
    where TContract : class
{
    public override async ValueTask SendAsync(
        EventSender sender, SendingTransaction transaction, bool isSynchronous, CancellationToken cancellationToken)
    {
        var use = new TransactionUse(isSynchronous);
        try
        {
            var sent = send(use.Of(transaction.Within<TContract>(sender)), cancellationToken);
            if (isSynchronous && !sent.IsCompleted)
            {
                // Its later failure is a consequence of this one, and nobody awaits it.
                _ = sent.AsTask().ContinueWith(
                    static task => task.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
                throw new InvalidOperationException(
                    $"An event of {typeof(TContract).Name} awaits more than its sender, and SaveChanges does not wait for it. Call "
                    + "SaveChangesAsync, or await before you call Raise.");
            }

            await sent.ConfigureAwait(false);
        }
        finally
        {
            use.End(); // The lambda may run on, and its transaction object may serve another transaction then.
        }
    }
}
