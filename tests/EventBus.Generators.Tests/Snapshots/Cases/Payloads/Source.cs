using System.Text.Json.Serialization;

namespace Shop;

[BroadcastEvent]
internal interface IShopEvents
{
    void Placed(Order order, Dictionary<int, Line> stock);

    void Paged(Page<string?> names, Page<Line> lines);
}

internal sealed record Order(Guid Id, Line[] Lines, string? Note, Priority Priority = Priority.High);

internal readonly record struct Line(string Article)
{
    public required decimal Price { get; init; }
}

internal class Page<T>
{
    public List<T> Items { get; set; } = [];

    [JsonPropertyName("next-page")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Page<T>? Next { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Number { get; init; }

    [JsonConverter(typeof(JsonStringEnumConverter))]
    public Priority Priority { get; set; }

    [JsonIgnore]
    public object? Tag { get; set; }
}

internal enum Priority
{
    Low,
    High,
}
