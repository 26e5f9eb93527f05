using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class ShopEventsTests
{
    private const string Id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private readonly IShopEvents _handler;
    private readonly Recorder<IShopEvents> _recorder;

    public ShopEventsTests() => (_handler, _recorder) = Recorder<IShopEvents>.Create();

    private Order Received => Assert.IsType<Order>(_recorder.Last.Arguments[0]);

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_every_kind_of_member(ValueEncoding encoding)
    {
        var first = new Order(Guid.Empty) { Lines = [], Customer = null };
        var order = new Order(Guid.Parse(Id), "n")
        {
            Date = new DateOnly(2026, 1, 2),
            Lines = [new Line("tea", new Point { X = 1, Y = -0.5 })],
            Customer = "ann",
            Page = 3,
            Priority = Priority.Low,
            PriorityName = Priority.High,
            Coupon = "c",
            Discount = 0.10m,
            Secret = "not sent",
            Replaces = first,
        };

        await new Loopback<IShopEvents>(encoding, _handler).Emitter.Placed(order);

        Assert.Equal((order.Id, "n", order.Date, "ann", 3), (Received.Id, Received.Note, Received.Date, Received.Customer, Received.Page));
        Assert.Equal(
            (Priority.Low, Priority.High, "c", 0.10m), (Received.Priority, Received.PriorityName, Received.Coupon, Received.Discount));
        Assert.Equal(order.Lines, Received.Lines);
        Assert.Equal("secret", Received.Secret);
        Assert.Equal((Guid.Empty, "none", null), (Received.Replaces!.Id, Received.Replaces.Note, Received.Replaces.Customer));
    }

    [Fact]
    public async Task Write_names_members_by_their_attributes()
    {
        var loopback = new Loopback<IShopEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Placed(new Order(Guid.Parse(Id)) { Lines = [], Customer = null });

        Assert.Equal(
            $$"""["placed",{"date":"0001-01-01","id":"{{Id}}","note":"none","lines":[],"customer":null,"page":7"""
            + ""","priority":1,"prio-name":"Low","replaces":null}]""",
            loopback.Wire);
    }

    [Fact]
    public async Task Read_accepts_any_order_and_skips_unknown_members()
    {
        await new Loopback<IShopEvents>(ValueEncoding.Json, _handler).ReceiveAsync(
            """["placed",{"unknown":{"id":[1]},"lines":[{"at":{"y":2,"x":1},"article":"tea"}],"page":1"""
            + $$""","customer":"ann","id":"{{Id}}"}]""");

        Assert.Equal((Guid.Parse(Id), "ann", 1), (Received.Id, Received.Customer, Received.Page));
        Assert.Equal([new Line("tea", new Point { X = 1, Y = 2 })], Received.Lines);
    }

    [Fact]
    public async Task Read_missing_members_keep_their_defaults()
    {
        await new Loopback<IShopEvents>(ValueEncoding.Json, _handler).ReceiveAsync(
            $$"""["placed",{"id":"{{Id}}","lines":[],"priority":0}]""");

        Assert.Equal(
            ("none", 7, Priority.Low, null, 0m), (Received.Note, Received.Page, Received.Priority, Received.Customer, Received.Discount));
        Assert.Equal((Priority.Low, null, null), (Received.PriorityName, Received.Coupon, Received.Replaces));
    }

    [Theory]
    [InlineData(
        $$"""["placed",{"id":"{{Id}}"}]""",
        "The event 'placed' cannot be read at 'order.lines': The member 'lines' of 'Order' is missing.")]
    [InlineData("""["placed",{"lines":[]}]""", "The event 'placed' cannot be read at 'order.id': The member 'id' of 'Order' is missing.")]
    [InlineData(
        $$"""["placed",{"id":"{{Id}}","lines":[{"at":{} }]}]""",
        "The event 'placed' cannot be read at 'order.lines[0].article': The member 'article' of 'Line' is missing.")]
    public async Task Read_missing_required_member_throws_with_its_name(string data, string message)
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IShopEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data));

        Assert.Equal(message, error.Message);
        Assert.True(error.Position > 0);
    }

    [Theory]
    [InlineData("""["placed",null]""")]
    [InlineData("""["placed",[]]""")]
    [InlineData($$"""["placed",{"id":"{{Id}}","lines":null}]""")]
    public async Task Read_value_of_another_kind_throws(string data) => await Assert.ThrowsAsync<EventSerializationException>(
        async () => await new Loopback<IShopEvents>(ValueEncoding.Json, _handler).ReceiveAsync(data));

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Generic_payloads_respect_nullable_annotations(ValueEncoding encoding)
    {
        var emitter = new Loopback<IShopEvents>(encoding, _handler).Emitter;
        var numbers = new Page<Line>([new Line("a", default)], new Line("b", default));

        await emitter.Paged(new Page<string>(["a"], null), new Page<string?>([null, "b"], "c"), numbers);

        Assert.Equal(["a"], Assert.IsType<Page<string>>(_recorder.Last.Arguments[0]).Items);
        Assert.Equal([null, "b"], Assert.IsType<Page<string?>>(_recorder.Last.Arguments[1]).Items);
        Assert.Equal(numbers.Items, Assert.IsType<Page<Line>>(_recorder.Last.Arguments[2]).Items);
        await Assert.ThrowsAsync<EventSerializationException>(
            async () => await emitter.Paged(new Page<string>([null!], null), new Page<string?>([], null), numbers));
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_nested_collections(ValueEncoding encoding)
    {
        var emitter = new Loopback<IShopEvents>(encoding, _handler).Emitter;
        Line line = new("tea", default);

        await emitter.Stocked(
            [null, [line, null]],
            new Dictionary<int, Order?> { [-1] = null, [5] = new Order(Guid.Empty) { Lines = [], Customer = "bob" } },
            new() { [Colour.Green] = [Guid.Empty] },
            [(1, "one"), (2, null)]);

        var lines = Assert.IsType<List<Line?[]?>>(_recorder.Last.Arguments[0]);
        Assert.Null(lines[0]);
        Assert.Equal([line, null], lines[1]);
        var stock = Assert.IsAssignableFrom<IReadOnlyDictionary<int, Order?>>(_recorder.Last.Arguments[1]);
        Assert.Null(stock[-1]);
        Assert.Equal("bob", stock[5]?.Customer);
        Assert.Equal([Guid.Empty], Assert.IsType<Dictionary<Colour, HashSet<Guid>>>(_recorder.Last.Arguments[2])[Colour.Green]);
        Assert.Equal([(1, "one"), (2, null)], Assert.IsType<(int, string?)[]>(_recorder.Last.Arguments[3]));
    }
}
