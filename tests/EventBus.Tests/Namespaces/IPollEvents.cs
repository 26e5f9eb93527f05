namespace EventBus.Tests.Namespaces;

/// <summary>A contract for tests, with events that are answered.</summary>
[BroadcastEvent]
public interface IPollEvents
{
    void Opened(string question);

    ValueTask<int> Vote(string question);

    Task<PickyPoint?> Point();

    ValueTask<ReadOnlyMemory<byte>> Photo(int bytes);

    ValueTask<string> Echo(string text);
}
