namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The status of an order; a number on the wire.</summary>
public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}
