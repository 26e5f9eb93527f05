namespace EventBus.IntegrationTests.Durable;

/// <summary>Journaled events with a key.</summary>
[BroadcastEvent, Journaled]
public interface IWorkEvents
{
    ValueTask Done([PartitionKey] string key, int number);
}
