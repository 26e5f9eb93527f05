using System.Transactions;

namespace EventBus.Transport;

/// <summary>
/// Starts the work of the bus without the context of the caller that happens to start it: its ambient transaction, activity, async-local
/// values and synchronization context.
/// </summary>
/// <remarks>
/// Loops, timers and connections outlive the call that begins them, and serve all callers. Suppressing the flow of the execution context is
/// not enough: a transaction scope without async flow, and a synchronization context, belong to the thread. So the work also begins on
/// another thread, and continues inside a call only if <see cref="MayContinueInCall"/> is true.
/// </remarks>
internal static class BackgroundWork
{
    /// <summary>Whether a loop may continue on the calling thread: the thread itself has no context that the loop would see.</summary>
    public static bool MayContinueInCall => SynchronizationContext.Current is null && !HasTransaction();

    /// <summary>
    /// How many events a loop delivers before it gives its thread to others: what has arrived meanwhile would keep a loop on its thread as
    /// long as events come, and many nodes share the threads of a process.
    /// </summary>
    public const int EventsPerTurn = 512;

    /// <summary>Runs a function on the thread pool, outside the caller's context. Await the task, do not block on it.</summary>
    public static Task Run(Func<Task> function)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(function);
        using (ExecutionContext.SuppressFlow())
            return Task.Run(function);
    }

    extension(TimeProvider time)
    {
        /// <summary>Creates a timer whose callbacks run outside the caller's context.</summary>
        public ITimer CreateBackgroundTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (ExecutionContext.IsFlowSuppressed())
                return time.CreateTimer(callback, state, dueTime, period);
            using (ExecutionContext.SuppressFlow())
                return time.CreateTimer(callback, state, dueTime, period);
        }
    }

    private static bool HasTransaction()
    {
        try
        {
            return Transaction.Current is not null;
        }
        catch (InvalidOperationException) // The scope is completed, but not disposed yet.
        {
            return true;
        }
    }
}
