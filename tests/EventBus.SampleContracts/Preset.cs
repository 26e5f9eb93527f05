using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Collections with items of the constructor.</summary>
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public sealed class Preset
{
    /// <summary>A list.</summary>
    public List<string> Names { get; } = ["first"];

    /// <summary>A set that ignores case.</summary>
    public HashSet<string> Tags { get; } = new(StringComparer.OrdinalIgnoreCase) { "new" };

    /// <summary>A dictionary that ignores case.</summary>
    public Dictionary<string, int> Prices { get; } = new(StringComparer.OrdinalIgnoreCase) { ["tea"] = 1, ["milk"] = 2 };

    /// <summary>A queue.</summary>
    public Queue<int> Queue { get; } = new([1]);

    /// <summary>A dictionary that keeps its order.</summary>
    public OrderedDictionary<string, int> Order { get; } = new() { ["b"] = 1, ["a"] = 2 };

    /// <summary>Removes the first name and the first number, which are those of the constructor.</summary>
    public Preset WithoutFirst()
    {
        Names.RemoveAt(0);
        Queue.Dequeue();
        return this;
    }
}
