using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The steps of an order. Send these events in the transaction that changes its row.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IOrderEvents
{
    /// <summary>An order was placed.</summary>
    ValueTask Placed(Order order);

    /// <summary>The status of an order has changed.</summary>
    ValueTask StatusChanged(long order, OrderStatus from, OrderStatus to, DateTimeOffset at);

    /// <summary>An order was cancelled.</summary>
    ValueTask Cancelled(long order, [MaxLength(500)] string? reason);
}
