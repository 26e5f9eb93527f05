namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>A contract for tests: numbered events, inline and attached.</summary>
[BroadcastEvent]
public interface IStockEvents
{
    void Price(int number, string text);

    ValueTask Chart(int number, ReadOnlyMemory<byte> image);
}
