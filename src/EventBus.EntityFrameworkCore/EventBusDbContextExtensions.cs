using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.EntityFrameworkCore;

/// <summary>Raises events on a context that was configured with <c>UseEventBus</c>.</summary>
public static class EventBusDbContextExtensions
{
    /// <summary>
    /// Raises an event: the next <c>SaveChanges</c> of the context sends it, in the order of all calls, and it is delivered if and only if
    /// the rows are committed. If there are no rows to write, it is sent in a transaction of its own.
    /// </summary>
    /// <remarks>Not thread-safe, like the context.</remarks>
    /// <typeparam name="TContract">The contract of the event.</typeparam>
    /// <param name="context">The context.</param>
    /// <param name="send">
    /// Sends it, such as <c>orders => orders.To("shop").Placed(order.Id)</c>. It runs after the rows were written, once in each attempt, so
    /// it reads keys that the database has generated. It must only send.
    /// </param>
    /// <exception cref="InvalidOperationException">The context was not configured with <c>UseEventBus</c>.</exception>
    public static void Raise<TContract>(this DbContext context, Func<TransactionOperator<TContract>, ValueTask> send)
        where TContract : class
        => context.Events().Raised.Raise(send);

    /// <summary>Raises an event whose statement the token of <c>SaveChangesAsync</c> cancels.</summary>
    /// <inheritdoc cref="Raise{TContract}(DbContext, Func{TransactionOperator{TContract}, ValueTask})"/>
    public static void Raise<TContract>(
        this DbContext context, Func<TransactionOperator<TContract>, CancellationToken, ValueTask> send)
        where TContract : class
        => context.Events().Raised.Raise(send);

    /// <summary>
    /// Discards the events that were raised on the context and are not committed yet. Call it beside <c>ChangeTracker.Clear</c> if you give
    /// up changes. Events of entities stay with their entities.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <exception cref="InvalidOperationException">The context was not configured with <c>UseEventBus</c>.</exception>
    public static void DiscardEvents(this DbContext context) => context.Events().Raised.Clear();

    private static ContextEvents Events(this DbContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ((IInfrastructure<IServiceProvider>)context).Instance.GetService<ContextEvents>()
            ?? throw new InvalidOperationException(
                $"'{context.GetType().Name}' cannot raise events. Call UseEventBus on its options, beside UseNpgsql.");
    }
}
