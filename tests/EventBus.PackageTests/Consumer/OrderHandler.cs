using System.Threading.Channels;

namespace Shop;

internal sealed class OrderHandler : IOrderEvents
{
    private readonly Channel<Order> _orders = Channel.CreateUnbounded<Order>();

    public ValueTask<Order> NextAsync() => _orders.Reader.ReadAsync();

    public ValueTask Placed(Order order) => _orders.Writer.WriteAsync(order);
}
