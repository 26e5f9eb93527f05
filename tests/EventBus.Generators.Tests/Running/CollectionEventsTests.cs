using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class CollectionEventsTests
{
    private readonly ICollectionEvents _handler;
    private readonly Recorder<ICollectionEvents> _recorder;

    public CollectionEventsTests() => (_handler, _recorder) = Recorder<ICollectionEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_every_collection(ValueEncoding encoding)
    {
        var emitter = new Loopback<ICollectionEvents>(encoding, _handler).Emitter;
        var many = Enumerable.Range(0, 100).ToArray();
        object?[] lists =
        [
            new[] { many, [] }, new LinkedList<int>(many), new Collection<int> { 1, 2 }, new ObservableCollection<int> { 3, 4 },
            new ReadOnlyCollection<int>([5, 6]), new Queue<int>([7, 8]), new Stack<int>([9, 10]),
        ];
        object?[] immutables =
        [
            ImmutableList.Create(1, 2), ImmutableHashSet.Create(3, 4), ImmutableQueue.Create(5, 6), ImmutableStack.Create(7, 8),
            ImmutableSortedSet.Create(10, 9),
        ];
        object?[] sets = [new SortedSet<int> { 2, 1 }, new[] { 3, 4 }.ToFrozenSet()];

        await emitter.Lists(
            (int[][])lists[0]!,
            (LinkedList<int>)lists[1]!,
            (Collection<int>)lists[2]!,
            (ObservableCollection<int>)lists[3]!,
            (ReadOnlyCollection<int>)lists[4]!,
            (Queue<int>)lists[5]!,
            (Stack<int>)lists[6]!);
        Assert.Equal(lists, _recorder.Last.Arguments);
        Assert.Equal(lists.Select(static list => list!.GetType()), _recorder.Last.Arguments.Select(static list => list!.GetType()));
        Assert.Equal(10, Assert.IsType<Stack<int>>(_recorder.Last.Arguments[6]).Peek());

        await emitter.Immutables(
            (IImmutableList<int>)immutables[0]!,
            (IImmutableSet<int>)immutables[1]!,
            (ImmutableQueue<int>)immutables[2]!,
            (ImmutableStack<int>)immutables[3]!,
            (ImmutableSortedSet<int>)immutables[4]!);
        Assert.Equal(immutables, _recorder.Last.Arguments);
        Assert.Equal(8, Assert.IsType<ImmutableStack<int>>(_recorder.Last.Arguments[3]).Peek());
        await emitter.Sets((SortedSet<int>)sets[0]!, (FrozenSet<int>)sets[1]!);
        Assert.Equal(sets, _recorder.Last.Arguments);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_every_dictionary(ValueEncoding encoding)
    {
        var map = new Dictionary<string, int> { ["b"] = 2, ["a"] = 1 };

        await new Loopback<ICollectionEvents>(encoding, _handler).Emitter.Maps(
            new(map), new() { [-1] = 1 }, new(map), new(map),
            map.ToImmutableSortedDictionary(), map.ToImmutableDictionary(), map.ToFrozenDictionary());

        Assert.Equal(new SortedDictionary<string, int>(map), Assert.IsType<SortedDictionary<string, int>>(_recorder.Last.Arguments[0]));
        Assert.Equal(1, Assert.IsType<SortedList<int, int>>(_recorder.Last.Arguments[1])[-1]);
        Assert.Equal(map, Assert.IsType<ReadOnlyDictionary<string, int>>(_recorder.Last.Arguments[2]));
        Assert.Equal(2, Assert.IsType<ConcurrentDictionary<string, int>>(_recorder.Last.Arguments[3])["b"]);
        Assert.Equal(["a", "b"], Assert.IsType<ImmutableSortedDictionary<string, int>>(_recorder.Last.Arguments[4]).Keys);
        Assert.Equal(2, Assert.IsType<ImmutableDictionary<string, int>>(_recorder.Last.Arguments[5])["b"]);
        Assert.Equal(1, Assert.IsAssignableFrom<FrozenDictionary<string, int>>(_recorder.Last.Arguments[6])["a"]);
    }

    [Fact]
    public async Task Emit_null_in_a_collection_throws() => await Assert.ThrowsAsync<EventSerializationException>(
        async () => await new Loopback<ICollectionEvents>(ValueEncoding.Json, _handler).Emitter.Sets([], null!));

    [Fact]
    public async Task Tuple_item_names_make_no_other_formatter()
    {
        var emitter = new Loopback<ICollectionEvents>(ValueEncoding.Json, _handler).Emitter;

        await emitter.Named(new Page<(int Id, string Name)>([(1, "a")], (0, "")));
        await emitter.Unnamed(new Page<(int, string)>([(2, "b")], (3, "c")));

        Assert.Equal((2, "b"), Assert.IsType<Page<(int, string)>>(_recorder.Last.Arguments[0]).Items[0]);
    }
}
