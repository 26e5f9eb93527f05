namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>A contract for tests: events with acks.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    ValueTask<int> Vote(string question);

    ValueTask<ReadOnlyMemory<byte>> Photo(int bytes);
}
