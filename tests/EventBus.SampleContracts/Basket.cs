using System.Collections.Concurrent;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Every type of collection that can be filled.</summary>
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
[SuppressMessage("Design", "CA1051:Do not declare visible instance fields", Justification = "A payload.")]
public sealed class Basket
{
    /// <summary>A read-only field.</summary>
    public readonly LinkedList<int> Linked = new();

    /// <summary>Set as usual.</summary>
    public required string Owner { get; init; }

    /// <summary>A list.</summary>
    public List<string?> Articles { get; } = [];

    /// <summary>A list by its interface.</summary>
    public IList<Line> Lines { get; } = new List<Line>();

    /// <summary>Any collection.</summary>
    public ICollection<int> Numbers { get; } = new HashSet<int>();

    /// <summary>A collection.</summary>
    public Collection<int> Collection { get; } = [];

    /// <summary>An observable collection.</summary>
    public ObservableCollection<int> Observable { get; } = [];

    /// <summary>A queue.</summary>
    public Queue<int> Queue { get; } = new();

    /// <summary>A stack.</summary>
    public Stack<int> Stack { get; } = new();

    /// <summary>A set.</summary>
    public HashSet<string> Tags { get; } = [];

    /// <summary>Any set.</summary>
    public ISet<int> Set { get; } = new SortedSet<int>();

    /// <summary>A set whose items the default comparer cannot compare.</summary>
    public SortedSet<Point> Points { get; } = new(Comparer<Point>.Create(static (one, other) => one.X.CompareTo(other.X)));

    /// <summary>A dictionary.</summary>
    public Dictionary<Colour, Line?> Colours { get; } = [];

    /// <summary>Any dictionary.</summary>
    public IDictionary<string, int> Prices { get; } = new Dictionary<string, int>();

    /// <summary>A dictionary that keeps its order.</summary>
    public OrderedDictionary<string, int> Ordered { get; } = [];

    /// <summary>A sorted dictionary.</summary>
    public SortedDictionary<string, int> Sorted { get; } = [];

    /// <summary>A sorted list in descending order.</summary>
    public SortedList<int, int> SortedList { get; } = new(Comparer<int>.Create(static (one, other) => other.CompareTo(one)));

    /// <summary>A concurrent dictionary.</summary>
    public ConcurrentDictionary<string, int> Concurrent { get; } = new();

    [JsonInclude]
    private List<Guid> Secrets { get; } = [];

    /// <summary>Changes the private list.</summary>
    public Basket Hide(Guid secret)
    {
        Secrets.Add(secret);
        return this;
    }

    /// <summary>The private list.</summary>
    public IEnumerable<Guid> Reveal() => Secrets;
}
