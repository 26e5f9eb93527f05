using System.Text.Json.Serialization;

namespace Shop;

[BroadcastEvent]
internal interface IShopEvents
{
    void Placed(Order order);

    void Counted(Count count);
}

internal sealed class Order(Guid id)
{
    public Guid Id { get; } = id;

    public string Note { get; set; } = "";

    public List<string?> Names { get; } = [];

    [JsonRequired]
    public readonly IDictionary<Guid, Order> Others = new Dictionary<Guid, Order>();

    public Stack<int>? Stack { get; }

    [JsonInclude]
    private HashSet<int> Secrets { get; } = [];

    public IEnumerable<int> Reveal() => Secrets;
}

internal struct Count
{
    public Count() => Items = new();

    [JsonInclude]
    private Queue<(int Id, string Name)> Items { get; }

    public readonly int Length() => Items.Count;
}
