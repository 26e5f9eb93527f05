namespace EventBus.EntityFrameworkCore.Tests;

[BroadcastEvent, Journaled]
public interface IStockEvents
{
    ValueTask Reserved([PartitionKey] int article);
}
