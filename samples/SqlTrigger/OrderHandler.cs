namespace Orders;

/// <summary>Prints each order that was placed, whoever has placed it.</summary>
internal sealed class OrderHandler : IOrderEvents
{
    public void Placed(Guid id, decimal total) => Console.WriteLine($"The order {id} was placed: {total}");
}
