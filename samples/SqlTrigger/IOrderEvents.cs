using EventBus;

namespace Orders;

[BroadcastEvent]
public interface IOrderEvents
{
    void Placed(Guid id, decimal total);
}
