using System.Text.Json;
using System.Text.Json.Serialization;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class FilledEventsTests
{
    // Each nest is a map and an array. The arguments are an array, too.
    private const int DeepestNest = (SerializationLimits.MaxDepth - 1) / 2;

    private static readonly JsonSerializerOptions Populating = new(JsonSerializerDefaults.Web)
    {
        PreferredObjectCreationHandling = JsonObjectCreationHandling.Populate,
    };

    private readonly IFilledEvents _handler;
    private readonly Recorder<IFilledEvents> _recorder;

    public FilledEventsTests() => (_handler, _recorder) = Recorder<IFilledEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_fills_every_collection(ValueEncoding encoding)
    {
        var sent = new Basket { Owner = "ann" }.Hide(Guid.AllBitsSet);
        sent.Linked.AddLast(1);
        sent.Linked.AddLast(2);
        sent.Articles.AddRange(["tea", null]);
        sent.Lines.Add(new Line("tea", new Point { X = 1 }));
        sent.Numbers.Add(3);
        sent.Collection.Add(4);
        sent.Observable.Add(5);
        sent.Queue.Enqueue(6);
        sent.Queue.Enqueue(7);
        sent.Stack.Push(8);
        sent.Stack.Push(9);
        sent.Tags.Add("new");
        sent.Set.Add(10);
        sent.Points.Add(new Point { X = 1 });
        sent.Points.Add(new Point { X = 2 });
        sent.Colours.Add(Colour.Red, null);
        sent.Prices.Add("tea", 11);
        sent.Ordered.Add("tea", 18);
        sent.Ordered.Add("milk", 19);
        sent.Sorted.Add("tea", 12);
        sent.SortedList.Add(13, 14);
        sent.SortedList.Add(15, 16);
        sent.Concurrent["tea"] = 17;

        await new Loopback<IFilledEvents>(encoding, _handler).Emitter.Packed(sent);

        var received = Assert.IsType<Basket>(_recorder.Last.Arguments[0]);
        Assert.NotSame(sent, received);
        Assert.Equal("ann", received.Owner);
        Assert.Equal(sent.Reveal(), received.Reveal());
        Assert.Equal([1, 2], received.Linked);
        Assert.Equal(["tea", null], received.Articles);
        Assert.Equal(sent.Lines, received.Lines);
        Assert.Equal([3], Assert.IsType<HashSet<int>>(received.Numbers));
        Assert.Equal([4], received.Collection);
        Assert.Equal([5], received.Observable);
        Assert.Equal([6, 7], received.Queue);
        Assert.Equal([9, 8], received.Stack);
        Assert.Equal(["new"], received.Tags);
        Assert.Equal([10], Assert.IsType<SortedSet<int>>(received.Set));
        Assert.Equal(sent.Points, received.Points);
        Assert.Equal(sent.Colours, received.Colours);
        Assert.Equal(sent.Prices, received.Prices);
        Assert.Equal([new("tea", 18), new("milk", 19)], received.Ordered);
        Assert.Equal(sent.Sorted, received.Sorted);
        Assert.Equal([new(15, 16), new(13, 14)], received.SortedList);
        Assert.Equal(sent.Concurrent, received.Concurrent);
    }

    [Fact]
    public async Task Write_filled_members_are_written_as_others()
    {
        var loopback = new Loopback<IFilledEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Preset(new Preset());

        Assert.Equal(
            """["preset",{"names":["first"],"tags":["new"],"prices":{"tea":1,"milk":2},"queue":[1],"order":{"b":1,"a":2}}]""",
            loopback.Wire);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"names":[],"prices":{},"queue":[]}""")]
    [InlineData("""{"names":["second","first"],"queue":[2,1]}""")]
    [InlineData("""{"tags":["NEW","old","old"]}""")]
    [InlineData("""{"prices":{"TEA":3,"coffee":4,"coffee":5}}""")]
    [InlineData("""{"order":{"c":3,"a":4,"b":5,"0":6}}""")]
    public async Task Read_adds_to_the_items_as_System_Text_Json_populates(string json)
    {
        var expected = JsonSerializer.Serialize(JsonSerializer.Deserialize<Preset>(json, Populating), Populating);
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            await new Loopback<IFilledEvents>(encoding, _handler).ReceiveAsync($"[\"preset\",{json}]", encoding);

            Assert.Equal(expected, JsonSerializer.Serialize(_recorder.Last.Arguments[0], Populating));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Read_null_for_a_collection_without_null_counts_as_missing(ValueEncoding encoding)
    {
        await new Loopback<IFilledEvents>(encoding, _handler).ReceiveAsync("""["preset",{"names":null,"prices":null}]""", encoding);

        var received = Assert.IsType<Preset>(_recorder.Last.Arguments[0]);
        Assert.Equal(["first"], received.Names);
        Assert.Equal(2, received.Prices.Count);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Read_fills_after_the_constructor_has_all_arguments(ValueEncoding encoding)
    {
        await new Loopback<IFilledEvents>(encoding, _handler).ReceiveAsync(
            """["stored",{"items":[1,2],"stack":[3,2],"prices":{"tea":1},"kind":"preset"}]""", encoding);

        var received = Assert.IsType<Shelf>(_recorder.Last.Arguments[0]);
        Assert.Equal([1, 2], received.Items);
        Assert.Equal([3, 2, 1], received.Stack!);
        Assert.Equal([new("tea", 1)], received.Prices);
    }

    [Theory]
    [InlineData("""{"kind":"none","items":[]}""", "items", "The constructor of 'Shelf' makes no collection for the member 'items'.")]
    [InlineData("""{"kind":"none","prices":{}}""", "prices", "The constructor of 'Shelf' makes no collection for the member 'prices'.")]
    [InlineData("""{"kind":"none","stack":[1]}""", "stack", "The constructor of 'Shelf' makes no collection for the member 'stack'.")]
    [InlineData(
        """{"kind":"read-only","items":[1]}""", "items", "The constructor of 'Shelf' makes a read-only collection for the member 'items'.")]
    [InlineData(
        """{"kind":"read-only","prices":{}}""",
        "prices",
        "The constructor of 'Shelf' makes a read-only collection for the member 'prices'.")]
    [InlineData("""{"kind":"list","stack":null}""", "stack", "The member 'stack' of 'Shelf' is null, but nothing can set it to null.")]
    [InlineData("""{"kind":"list","items":[1,"2"]}""", "items[1]", "Expected an integer, found text.")]
    public async Task Read_collection_that_cannot_be_filled_throws(string json, string path, string message)
    {
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var error = await Assert.ThrowsAsync<EventSerializationException>(
                async () => await new Loopback<IFilledEvents>(encoding, _handler).ReceiveAsync($"[\"stored\",{json}]", encoding));

            Assert.Equal($"shelf.{path}", error.Path);
            Assert.Equal($"The event 'stored' cannot be read at 'shelf.{path}': {message}", error.Message);
        }
    }

    /// <summary>The errors above follow it, apart from the first three: it drops items that have no collection.</summary>
    [Fact]
    public void System_Text_Json_rejects_null_and_read_only_collections()
    {
        Assert.ThrowsAny<Exception>(static () => JsonSerializer.Deserialize<WithReadOnly>("""{"items":[]}""", Populating));
        Assert.ThrowsAny<Exception>(static () => JsonSerializer.Deserialize<WithCollection>("""{"items":null}""", Populating));
        Assert.Null(JsonSerializer.Deserialize<WithoutCollection>("""{"items":[1]}""", Populating)!.Items);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Read_null_for_no_collection_is_accepted(ValueEncoding encoding)
    {
        await new Loopback<IFilledEvents>(encoding, _handler).ReceiveAsync("""["stored",{"kind":"none","stack":null}]""", encoding);

        Assert.Null(Assert.IsType<Shelf>(_recorder.Last.Arguments[0]).Stack);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Read_filled_collections_nest_up_to_the_limit(ValueEncoding encoding)
    {
        var loopback = new Loopback<IFilledEvents>(encoding, _handler);

        await ReceiveNestedAsync(DeepestNest);
        Assert.Equal(DeepestNest, Depth(Assert.IsType<Nest>(_recorder.Last.Arguments[0])));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await ReceiveNestedAsync(DeepestNest + 1));

        ValueTask ReceiveNestedAsync(int depth) => encoding == ValueEncoding.Json
            ? loopback.ReceiveAsync("[\"nested\"," + Repeat("{\"inner\":[", depth) + Repeat("]}", depth) + "]")
            : loopback.ReceiveHexAsync("92a66e6573746564" + Repeat("81a5696e6e657291", depth - 1) + "81a5696e6e657290");
    }

    private sealed class WithoutCollection
    {
        public ICollection<int>? Items { get; }
    }

    private sealed class WithReadOnly
    {
        public ICollection<int>? Items { get; } = Array.AsReadOnly<int>([]);
    }

    private sealed class WithCollection
    {
        public ICollection<int>? Items { get; } = new List<int>();
    }

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static int Depth(Nest nest) => nest.Inner.Count == 0 ? 1 : 1 + Depth(nest.Inner[0]);
}
