namespace EventBus.EntityFrameworkCore.Tests;

/// <summary>Numbered events, inline and attached.</summary>
[BroadcastEvent]
public interface IShopEvents
{
    void Placed(int number);

    ValueTask Photo(int number, ReadOnlyMemory<byte> image);
}
