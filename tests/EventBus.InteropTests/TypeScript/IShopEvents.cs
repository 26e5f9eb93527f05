namespace EventBus.InteropTests.TypeScript;

/// <summary>What TypeScript programs are held to.</summary>
[BroadcastEvent]
public interface IShopEvents
{
    /// <summary>Dates, numbers that JavaScript has, and one that it has not.</summary>
    void Opened(DateTimeOffset at, int counters, long visitors, decimal float_);

    /// <summary>An object with others in it.</summary>
    ValueTask Placed(Order order);

    /// <summary>Binary.</summary>
    ValueTask Picture(string article, ReadOnlyMemory<byte> jpeg);

    /// <summary>Answered by every receiver.</summary>
    ValueTask<int> Reserve(string article, int count);

    /// <summary>Answered with an object or nothing, and its own parameter has the name of the one that answers.</summary>
    Task<Order?> Lookup(string callback);

    /// <summary>A union.</summary>
    void Paid(Guid order, Payment payment);

    /// <summary>Collections.</summary>
    void Stock(IReadOnlyDictionary<string, int?> byArticle, Dictionary<Size, int> bySize, (int Shelf, string? Label)[] shelves, EventValue remark);
}
