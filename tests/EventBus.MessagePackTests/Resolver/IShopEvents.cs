using System.Text.Json.Serialization;

namespace EventBus.MessagePackTests.Resolver;

[BroadcastEvent]
public interface IShopEvents
{
    void Placed(Order order);

    void Paid(Payment payment, Money amount);

    void Paged(Page<string> strict, Page<string?> lenient);
}

public sealed record Order(Guid Id, IReadOnlyList<Line> Lines, DateTimeOffset At, ReadOnlyMemory<byte> Picture, Customer? Customer);

public sealed record Line(string Article, int Count, decimal Price);

public sealed record Page<T>(IReadOnlyList<T> Items);

public sealed class Customer
{
    public required string Name { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; set; }

    public Dictionary<string, int> Points { get; init; } = [];
}

public readonly record struct Money(decimal Amount, Currency Currency);

public enum Currency
{
    Euro,
    Dollar,
}

[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Invoice), "invoice")]
public abstract record Payment;

public sealed record Card(string Number) : Payment;

public sealed record Invoice(int Days) : Payment;
