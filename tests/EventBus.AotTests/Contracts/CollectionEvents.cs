using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class CollectionEvents(Way<ICollectionEvents> way) : Events<ICollectionEvents>(way), ICollectionEvents
{
    public void Lists(
        int[][] jagged, LinkedList<int> linked, Collection<int> collection, ObservableCollection<int> observable,
        ReadOnlyCollection<int> readOnly, Queue<int> queue, Stack<int> stack) =>
        Send(Target.Lists(jagged, linked, collection, observable, readOnly, queue, stack));

    public void Immutables(
        IImmutableList<int> list, IImmutableSet<int> set, ImmutableQueue<int> queue, ImmutableStack<int> stack,
        ImmutableSortedSet<int> sorted) =>
        Send(Target.Immutables(list, set, queue, stack, sorted));

    public void Sets(SortedSet<int> sorted, FrozenSet<int> frozen) => Send(Target.Sets(sorted, frozen));

    public void Maps(
        SortedDictionary<string, int> sorted, SortedList<int, int> list, ReadOnlyDictionary<string, int> readOnly,
        ConcurrentDictionary<string, int> concurrent, ImmutableSortedDictionary<string, int> immutable,
        IImmutableDictionary<string, int> byInterface, FrozenDictionary<string, int> frozen) =>
        Send(Target.Maps(sorted, list, readOnly, concurrent, immutable, byInterface, frozen));

    public void Named(Page<(int Id, string Name)> page) => Send(Target.Named(page));

    public void Unnamed(Page<(int, string)> page) => Send(Target.Unnamed(page));

    public static void Play(ICollectionEvents to)
    {
        to.Lists([[1], []], new([1, 2]), [3], [4], new([5]), new([6, 7]), new([8, 9]));
        to.Immutables(
            ImmutableList.Create(1), ImmutableHashSet.Create(2), ImmutableQueue.Create(3, 4), ImmutableStack.Create(5, 6),
            ImmutableSortedSet.Create(8, 7));
        to.Sets([2, 1], new[] { 3 }.ToFrozenSet());
        to.Maps(
            new() { ["b"] = 1, ["a"] = 2 },
            new() { [2] = 3, [1] = 4 },
            new(new Dictionary<string, int> { ["c"] = 5 }),
            new() { ["d"] = 6 },
            ImmutableSortedDictionary<string, int>.Empty.Add("e", 7),
            ImmutableDictionary<string, int>.Empty.Add("f", 8),
            new Dictionary<string, int> { ["g"] = 9 }.ToFrozenDictionary());
        to.Named(new([(1, "a")], (2, "b")));
        to.Unnamed(new([(3, "c")], (4, "d")));
    }
}
