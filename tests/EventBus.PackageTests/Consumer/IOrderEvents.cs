using EventBus;

namespace Shop;

[BroadcastEvent]
public interface IOrderEvents
{
    ValueTask Placed(Order order);
}

public sealed record Order(Guid Id, IReadOnlyList<string> Articles, decimal Total);
