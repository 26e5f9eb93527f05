namespace EventBus.Tests.Namespaces;

/// <summary>A contract for tests.</summary>
[BroadcastEvent]
public interface IGameEvents
{
    void Score(string player, int points);

    ValueTask Say(string text = "hello");

    Task Picture(ReadOnlyMemory<byte> bytes);
}
