using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Reads events that JavaScript writes, and events of older and newer contracts.</summary>
public sealed class ReadingTests
{
    private const string Id = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

    private readonly IShopEvents _shop;
    private readonly Recorder<IShopEvents> _shopRecorder;
    private readonly ChatRecorder _chat = new();

    public ReadingTests() => (_shop, _shopRecorder) = Recorder<IShopEvents>.Create();

    [Theory]
    [InlineData(
        $$"""["placed",{"id":"{{Id}}","lines":[{"at":{} }]}]""",
        "order.lines[0].article",
        "The member 'article' of 'Line' is missing.")]
    [InlineData(
        $$"""["placed",{"id":"{{Id}}","lines":[{"article":"a","at":{} },{"article":"b","at":{"x":"no"} }]}]""",
        "order.lines[1].at.x",
        "Expected an integer, found text.")]
    [InlineData(
        $$"""["placed",{"id":"{{Id}}","lines":[],"replaces":{"lines":[],"replaces":null} }]""",
        "order.replaces.id",
        "The member 'id' of 'Order' is missing.")]
    [InlineData("""["stocked",[],{"5":{"id":1}},{},[]]""", "stock.5.id", "Expected text, found a number.")]
    [InlineData("""["stocked",[],{},{"who@example.org":[]},[]]""", "colours[…]", "The text is not a name of the enum Colour.")]
    [InlineData("""["stocked",[],{},{},[[1,"a"],[2]]]""", "pairs[1]", "The array has fewer values than the tuple has items.")]
    [InlineData("""["stocked",[],{},{}]""", "pairs", "The argument 'pairs' is missing.")]
    public async Task Read_invalid_data_names_the_event_and_the_path(string data, string path, string message)
    {
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var error = await Assert.ThrowsAsync<EventSerializationException>(
                async () => await new Loopback<IShopEvents>(encoding, _shop).ReceiveAsync(data, encoding));

            var name = data.StartsWith("[\"placed", StringComparison.Ordinal) ? "placed" : "stocked";
            Assert.Equal((name, path), (error.EventName, error.Path));
            Assert.Equal($"The event '{name}' cannot be read at '{path}': {message}", error.Message);
        }
    }

    [Fact]
    public async Task Read_undefined_is_treated_as_missing_or_null()
    {
        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            var loopback = new Loopback<IShopEvents>(encoding, _shop);
            await loopback.ReceiveAsync(
                $$"""["placed",{"id":"{{Id}}","lines":[],"note":null,"page":null,"priority":null"""
                + ""","discount":null,"customer":null,"date":null}]""",
                encoding);
            var order = Assert.IsType<Order>(_shopRecorder.Last.Arguments[0]);
            Assert.Equal(("none", 7, Priority.High, 0m, default), (order.Note, order.Page, order.Priority, order.Discount, order.Date));

            var chat = new Loopback<IChatEvents>(encoding, _chat);
            await chat.ReceiveAsync("""["message","ann",null,null]""", encoding);
            Assert.Equal("ann: hi \"there\"\n ()", _chat.Received[^1]);
        }
    }

    [Fact]
    public async Task Read_malformed_between_arguments_names_the_second()
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IShopEvents>(ValueEncoding.Json, _shop).ReceiveAsync("""["stocked",[] {},{},[]]"""));

        Assert.Equal(("stocked", "stock"), (error.EventName, error.Path));
    }

    [Fact]
    public async Task Read_null_for_a_required_value_throws()
    {
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await new Loopback<IShopEvents>(ValueEncoding.Json, _shop).ReceiveAsync("""["placed",{"id":null,"lines":[]}]"""));

        Assert.Equal("order.id", error.Path);
    }

    [Fact]
    public async Task Read_accepts_float_integers_and_all_date_forms()
    {
        foreach (var at in new[] { "\"2026-11-22T13:00:00+01:00\"", "\"2026-11-22T12:00:00.000Z\"" })
            await new Loopback<IChatEvents>(ValueEncoding.Json, _chat).ReceiveAsync($"""["ping",{at}]""");
        foreach (var at in new[] { "d6ff6553f100" })
            await new Loopback<IChatEvents>(ValueEncoding.MessagePack, _chat).ReceiveHexAsync($"92a470696e67{at}");
        Assert.Equal(3, _chat.Received.Count(
            static line => line == "ping 2023-11-14T22:13:20.0000000+00:00" || line == "ping 2026-11-22T12:00:00.0000000+00:00"));

        foreach (var encoding in new[] { ValueEncoding.Json, ValueEncoding.MessagePack })
        {
            await new Loopback<IShopEvents>(encoding, _shop).ReceiveAsync(
                $$"""["placed",{"id":"{{Id}}","lines":[],"page":3.0,"priority":0,"discount":0.5}]""", encoding);
            var order = Assert.IsType<Order>(_shopRecorder.Last.Arguments[0]);
            Assert.Equal((3, Priority.Low, 0.5m), (order.Page, order.Priority, order.Discount));
        }
    }
}
