using System.ComponentModel.DataAnnotations.Schema;

namespace EventBus.EntityFrameworkCore;

/// <summary>The events that were raised on one entity or context and are not committed yet, in their order.</summary>
/// <remarks>Not thread-safe, like the context. EF Core does not map properties of this type.</remarks>
[NotMapped]
public sealed class RaisedEvents
{
    private readonly List<RaisedEvent> _events = [];

    /// <summary>How many calls of <c>Raise</c> are not committed yet.</summary>
    public int Count => _events.Count;

    /// <summary>
    /// Raises an event: it is sent by the next <c>SaveChanges</c> of the context that tracks the entity, in the order of all calls, and is
    /// delivered if and only if the rows are committed.
    /// </summary>
    /// <typeparam name="TContract">The contract of the event.</typeparam>
    /// <param name="send">
    /// Sends it, such as <c>orders => orders.To("shop").Placed(Id)</c>. It runs after the rows were written, once in each attempt, so it
    /// reads keys that the database has generated. It must only send.
    /// </param>
    public void Raise<TContract>(Func<TransactionOperator<TContract>, ValueTask> send)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(send);
        Raise<TContract>((target, _) => send(target));
    }

    /// <summary>Raises an event whose statement the token of <c>SaveChangesAsync</c> cancels.</summary>
    /// <inheritdoc cref="Raise{TContract}(Func{TransactionOperator{TContract}, ValueTask})"/>
    public void Raise<TContract>(Func<TransactionOperator<TContract>, CancellationToken, ValueTask> send)
        where TContract : class
    {
        ArgumentNullException.ThrowIfNull(send);
        _events.Add(new RaisedEvent<TContract>(this, send));
    }

    /// <summary>Discards the events that are not committed yet, as <c>ChangeTracker.Clear</c> discards changes.</summary>
    public void Clear() => _events.Clear();

    internal IReadOnlyList<RaisedEvent> Pending => _events;

    internal void Remove(IReadOnlySet<RaisedEvent> events) => _events.RemoveAll(events.Contains);
}
