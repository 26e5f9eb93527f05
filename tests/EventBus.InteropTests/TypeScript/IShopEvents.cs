namespace EventBus.InteropTests.TypeScript;

/// <summary>The contract of the TypeScript programs.</summary>
[BroadcastEvent]
public interface IShopEvents
{
    /// <summary>Dates, and numbers within and beyond JavaScript's range.</summary>
    void Opened(DateTimeOffset at, int counters, long visitors, decimal float_);

    /// <summary>An object with nested objects.</summary>
    ValueTask Placed(Order order);

    /// <summary>Binary.</summary>
    ValueTask Picture(string article, ReadOnlyMemory<byte> jpeg);

    /// <summary>Acknowledged by every receiver.</summary>
    ValueTask<int> Reserve(string article, int count);

    /// <summary>Acknowledged with an object or nothing; its parameter has the same name as the ack's callback.</summary>
    Task<Order?> Lookup(string callback);

    /// <summary>A union.</summary>
    void Paid(Guid order, Payment payment);

    /// <summary>Collections.</summary>
    void Stock(
        IReadOnlyDictionary<string, int?> byArticle, Dictionary<Size, int> bySize, (int Shelf, string? Label)[] shelves, EventValue remark);
}
