namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Events that are answered.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    ValueTask<int> Vote(string question);

    ValueTask<ReadOnlyMemory<byte>> Photo(int bytes);
}
