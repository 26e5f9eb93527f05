namespace EventBus.Samples.Catalogue.Orders;

/// <summary>How far an order is; a number on the wire.</summary>
public enum OrderStatus
{
    Placed,
    Paid,
    Shipped,
    Delivered,
    Cancelled,
}
