namespace Shop;

[BroadcastEvent]
public interface IShelfEvents
{
    void Filled(string shelf);
}

[BroadcastEvent, Journaled]
public interface IOrderEvents : IShelfEvents
{
    void Placed([PartitionKey] Guid order, decimal total = 0);

    ValueTask Paid(string invoice, [PartitionKey] OrderId id, EventContext context);

    void Closed([PartitionKey] string @for);

    void Stopped();
}

[BroadcastEvent]
public interface INoteEvents
{
    [Journaled]
    void Noted(string text);

    void Read(int count);
}

[SingleValue]
public readonly record struct OrderId(Guid Value);
