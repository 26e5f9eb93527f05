using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>Errors in writing name the path to the value, as errors in reading do.</summary>
public sealed class WritingTests
{
    private const string NoNull = "A value is null where its type allows none. Give it a value, or declare it nullable.";

    [Fact]
    public async Task Write_null_for_a_required_value_names_its_path()
    {
        await FailsAsync<IShopEvents>(
            shop => shop.Placed(null!), "placed", "order", "A value of type 'Order' is null where its type allows none.");
        await FailsAsync<IShopEvents>(
            shop => shop.Placed(new Order(Guid.Empty, null!) { Lines = [], Customer = "a \"quoted\", [odd] {name}\\" }),
            "placed",
            "order.note",
            NoNull);
        await FailsAsync<IShopEvents>(
            shop => shop.Placed(Ordered(new Line("a,b", default), new Line(null!, default))), "placed", "order.lines[1].article", NoNull);
        await FailsAsync<IShopEvents>(
            shop => shop.Stocked([[], [null, new Line(null!, default)]], new Dictionary<int, Order?>(), [], []),
            "stocked",
            "lines[1][1].article",
            NoNull);
        var withoutLines = new Order(Guid.Empty) { Lines = null!, Customer = null };
        await FailsAsync<IShopEvents>(
            shop => shop.Stocked([], new Dictionary<int, Order?> { [5] = null, [7] = withoutLines }, [], []),
            "stocked",
            "stock.7.lines",
            NoNull);
        await FailsAsync<IShopEvents>(
            shop => shop.Stocked([], new Dictionary<int, Order?>(), new() { [Colour.Green] = null! }, []),
            "stocked",
            "colours.Green",
            NoNull);
        await FailsAsync<IShopEvents>(shop => shop.Stocked([], new Dictionary<int, Order?>(), [], null!), "stocked", "pairs", NoNull);
        await FailsAsync<IShopEvents>(
            shop => shop.Paged(new(["a", null!], "b"), new([], null), new([], default)), "paged", "strict.items[1]", NoNull);
        await FailsAsync<IChatEvents>(chat => chat.Message("ann", null!), "message", "text", NoNull);
        await FailsAsync<IChatEvents>(chat => chat.Message(null!), "message", "user", NoNull);
        await FailsAsync<IProvidedEvents>(provided => provided.Said("ann", null!), "said", "text", NoNull);
    }

    [Fact]
    public async Task Write_too_deep_too_long_or_unlisted_names_its_path()
    {
        await FailsAsync<IUnionEvents>(
            union => union.Moved(new Cat("", null), [null, new Ghost("boo")]),
            "moved",
            "others[1]",
            "An object of type 'EventBus.SampleContracts.Ghost' is none of the cases of 'Animal'. List its type with [JsonDerivedType].");

        var order = Ordered();
        for (var i = 0; i < 130; i++)
            order = new Order(Guid.Empty) { Lines = [], Customer = null, Replaces = order };
        var deep = await FailsAsync<IShopEvents>(
            shop => shop.Placed(order), "placed", null, "The value nests deeper than 128 arrays and maps.");
        Assert.StartsWith("order.replaces.replaces.replaces", deep.Path);
        Assert.Equal(126, deep.Path!.Split(".replaces").Length - 1);

        var big = System.Numerics.BigInteger.Pow(10, 10_001);
        await FailsAsync<IValueEvents>(
            values => values.Integers(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, big), "integers", "big", "The integer has more than 10000 digits.");
    }

    [Fact]
    public async Task Write_number_that_cannot_be_attached_names_its_path()
    {
        const string Reason =
            "The number is no integer of 64 bits, and a double would change its value, so the event cannot be attached. "
            + "Send the number as text or as a decimal.";
        var numbers = System.Text.Json.JsonElement.Parse("""{"a":[2.50,{"b":18446744073709551616}]}""");

        await FailsAsync<IMatrixEvents>(matrix => matrix.JsonElement(numbers), "jsonElement", "value.a[1].b", Reason);
        await FailsAsync<IMatrixEvents>(matrix => matrix.Object(new object[] { 1.5, numbers }), "object", "value[1].a[1].b", Reason);
    }

    [Fact]
    public async Task Write_too_long_event_names_no_path()
    {
        var (handler, _) = Recorder<IChatEvents>.Create();
        var loopback = new Loopback<IChatEvents>(ValueEncoding.MessagePack, handler) { MaxBytes = 5_000 };

        var error = await Assert.ThrowsAsync<EventSerializationException>(() => loopback.Emitter.Photo("ann", new byte[10_000]).AsTask());

        Assert.Equal(("photo", null), (error.EventName, error.Path));
        Assert.Equal("The event 'photo' cannot be written: The message is larger than the 5000 bytes allowed.", error.Message);
    }

    private static Order Ordered(params Line[] lines) => new(Guid.Empty) { Lines = lines, Customer = null };

    private static async Task<EventSerializationException> FailsAsync<TContract>(
        Func<Emitter<TContract>, ValueTask> send, string eventName, string? path, string reason)
        where TContract : class
    {
        var (handler, _) = Recorder<TContract>.Create();
        var error = await Assert.ThrowsAsync<EventSerializationException>(
            () => send(new Loopback<TContract>(ValueEncoding.MessagePack, handler).Emitter).AsTask());
        path ??= error.Path;
        Assert.Equal((eventName, path), (error.EventName, error.Path));
        Assert.Equal($"The event '{eventName}' cannot be written at '{path}': {reason}", error.Message);
        return error;
    }
}
