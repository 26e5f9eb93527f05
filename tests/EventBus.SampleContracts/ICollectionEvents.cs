using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>The collections that are not in <see cref="IValueEvents"/>.</summary>
[BroadcastEvent]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
[SuppressMessage("Usage", "CA2227:Collection properties should be read only", Justification = "A payload.")]
public interface ICollectionEvents
{
    /// <summary>Collections of lists' kind.</summary>
    void Lists(
        int[][] jagged, LinkedList<int> linked, Collection<int> collection, ObservableCollection<int> observable,
        ReadOnlyCollection<int> readOnly, Queue<int> queue, Stack<int> stack);

    /// <summary>Immutable collections.</summary>
    void Immutables(
        IImmutableList<int> list, IImmutableSet<int> set, ImmutableQueue<int> queue, ImmutableStack<int> stack,
        ImmutableSortedSet<int> sorted);

    /// <summary>Sets.</summary>
    void Sets(SortedSet<int> sorted, FrozenSet<int> frozen);

    /// <summary>Dictionaries.</summary>
    void Maps(
        SortedDictionary<string, int> sorted, SortedList<int, int> list, ReadOnlyDictionary<string, int> readOnly,
        ConcurrentDictionary<string, int> concurrent, ImmutableSortedDictionary<string, int> immutable,
        IImmutableDictionary<string, int> byInterface, FrozenDictionary<string, int> frozen);

    /// <summary>Tuples in payloads, whose items' names are no part of their type.</summary>
    void Named(Page<(int Id, string Name)> page);

    /// <summary>The same type with other names.</summary>
    void Unnamed(Page<(int, string)> page);
}
