using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>A struct with collections that depend on an argument of its constructor.</summary>
/// <param name="kind">Decides about the collections: <c>none</c>, <c>read-only</c>, <c>preset</c>, or any other text.</param>
[SuppressMessage("Performance", "CA1815:Override equals and operator equals on value types", Justification = "A payload.")]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public readonly struct Shelf(string kind)
{
    /// <summary>Taken by the constructor.</summary>
    public string Kind { get; } = kind;

    /// <summary>Null, read-only, or a list.</summary>
    public ICollection<int> Items { get; } = kind switch
    {
        "none" => null!,
        "read-only" => ReadOnlyCollection<int>.Empty,
        _ => new List<int>(),
    };

    /// <summary>Null, read-only, or a dictionary.</summary>
    public IDictionary<string, int> Prices { get; } = kind switch
    {
        "none" => null!,
        "read-only" => ReadOnlyDictionary<string, int>.Empty,
        _ => new Dictionary<string, int>(),
    };

    /// <summary>Null, or a stack with or without an item.</summary>
    public Stack<int>? Stack { get; } = kind switch
    {
        "none" => null,
        "preset" => new Stack<int>([1]),
        _ => new Stack<int>(),
    };
}
