namespace EventBus.EntityFrameworkCore;

/// <summary>An entity that raises events of its own. The context that tracks it sends them with <c>SaveChanges</c>.</summary>
/// <remarks>
/// <code>
/// public sealed class Order : IRaisesEvents
/// {
///     public Guid Id { get; init; } = Guid.CreateVersion7();
///     public RaisedEvents Events { get; } = new();
///     public void Place() => Events.Raise&lt;IOrderEvents&gt;(orders => orders.To("shop").Placed(Id));
/// }
/// </code>
/// Entities that the context does not track keep their events. If you remove an entity, its events are sent with the deletion.
/// </remarks>
public interface IRaisesEvents
{
    /// <summary>The events that are not committed yet.</summary>
    RaisedEvents Events { get; }
}
