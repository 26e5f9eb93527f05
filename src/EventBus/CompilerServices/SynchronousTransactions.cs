using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>Sends the events of a transaction without a task. For EventBus.EntityFrameworkCore, whose caller may be synchronous.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SynchronousTransactions
{
    /// <summary>
    /// The same operator, whose senders run a synchronous command on the connection of the transaction: they block the thread, and the
    /// returned task is complete.
    /// </summary>
    /// <remarks>
    /// If an event needs the attachment table, and the bus or publisher has not started, the task fails with an
    /// <see cref="EventNotSentException"/> instead of waiting.
    /// </remarks>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <param name="target">The operator of the transaction.</param>
    public static TransactionOperator<TContract> Synchronously<TContract>(TransactionOperator<TContract> target)
        where TContract : class
        => target.Synchronously();
}
