using System.ComponentModel;

namespace EventBus;

/// <summary>
/// The time in which operators of a transaction may send, and how. For EventBus.EntityFrameworkCore, which gives operators to lambdas: a
/// lambda can run on after its call has failed, and Npgsql can then have begun another transaction with the same object.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="isSynchronous">
/// Whether senders run a synchronous command on the connection of the transaction: they block the thread, and the returned task is
/// complete. If an event then needs the attachment table, and the bus or publisher has not started, the task fails with an
/// <see cref="EventNotSentException"/> instead of waiting.
/// </param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TransactionUse(bool isSynchronous)
{
    private volatile bool _hasEnded;

    internal bool IsSynchronous => isSynchronous;

    /// <summary>The same operator, which sends only until <see cref="End"/> is called.</summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="target">The operator of the transaction.</param>
    public TransactionOperator<TContract> Of<TContract>(TransactionOperator<TContract> target)
        where TContract : class
        => target.During(this);

    /// <summary>From now on, senders fail with an <see cref="EventNotSentException"/> instead of running a command.</summary>
    public void End() => _hasEnded = true;

    /// <exception cref="EventNotSentException">The time is over.</exception>
    internal void ThrowIfEnded()
    {
        if (_hasEnded)
        {
            throw new EventNotSentException(
                "The event was not sent: the lambda that was raised had already ended for SaveChanges. Await each sender in the lambda, "
                + "and call SaveChangesAsync if it awaits anything else.",
                isTransient: false);
        }
    }
}
