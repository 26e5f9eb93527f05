using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The way of an order; sent inside the transaction that changes its row.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IOrderEvents
{
    /// <summary>An order has come in.</summary>
    ValueTask Placed(Order order);

    /// <summary>It has gone a step on.</summary>
    ValueTask StatusChanged(long order, OrderStatus from, OrderStatus to, DateTimeOffset at);

    /// <summary>It will not be delivered.</summary>
    ValueTask Cancelled(long order, [MaxLength(500)] string? reason);
}
