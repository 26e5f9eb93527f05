using Microsoft.EntityFrameworkCore;

// The namespace of DurableContext: a handler that has one can write 'db.UseDurableAsync(context)'.
namespace EventBus;

/// <summary>Writes with Entity Framework Core in the transaction of a durable handler.</summary>
public static class DurableDbContextExtensions
{
    /// <summary>
    /// Uses the connection and the transaction of an event that a durable handler handles: what <c>SaveChanges</c> writes from now on
    /// commits with the position of the group, so it is written exactly once. Call it before the first query.
    /// </summary>
    /// <param name="context">The context, with a scoped lifetime and no open connection. It must not retry on failure by itself.</param>
    /// <param name="durable">The event.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public static async Task UseDurableAsync(
        this DbContext context, DurableContext durable, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(durable);
        context.Database.SetDbConnection(durable.Connection, contextOwnsConnection: false);
        await context.Database.UseTransactionAsync(durable.Transaction, cancellationToken).ConfigureAwait(false);
    }
}
