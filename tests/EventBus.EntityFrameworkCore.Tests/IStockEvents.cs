namespace EventBus.EntityFrameworkCore.Tests;

[BroadcastEvent, Journaled]
public interface IStockEvents
{
    void Reserved([PartitionKey] int article);
}
