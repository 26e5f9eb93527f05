namespace Orders;

/// <summary>Prints each order that was placed, by this program or by any other.</summary>
internal sealed class OrderHandler : IOrderEvents
{
    public void Placed(Guid id, decimal total) => Console.WriteLine($"The order {id} was placed: {total}");
}
