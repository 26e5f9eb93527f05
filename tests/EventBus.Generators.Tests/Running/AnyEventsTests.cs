using System.Text.Json;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class AnyEventsTests
{
    private static readonly DateTime Noon = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    private readonly IAnyEvents _handler;
    private readonly Recorder<IAnyEvents> _recorder;

    public AnyEventsTests() => (_handler, _recorder) = Recorder<IAnyEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Objects_arrive_as_values(ValueEncoding encoding)
    {
        var emitter = new Loopback<IAnyEvents>(encoding, _handler).Emitter;
        object written = new Dictionary<string, object?>
        {
            ["text"] = "t",
            ["numbers"] = new object[] { (byte)1, -2, 3.5, 0.1f, ulong.MaxValue, 1.50m },
            ["nested"] = new List<Dictionary<string, object?>> { new() { ["none"] = null, ["yes"] = true } },
            ["json"] = JsonDocument.Parse("""{"a":[1,null]}"""),
            ["letter"] = 'c',
            ["ints"] = new[] { 1, 2 },
        };

        await emitter.Objects(written, null);

        Assert.Equal(
            """{"text":"t","numbers":[1,-2,3.5,0.1,18446744073709551615,"1.50"],"nested":[{"none":null,"yes":true}]"""
            + ""","json":{"a":[1,null]},"letter":"c","ints":[1,2]}""",
            Assert.IsType<EventValue>(_recorder.Last.Arguments[0]).ToString());
        Assert.Null(_recorder.Last.Arguments[1]);
    }

    [Fact]
    public async Task Objects_may_be_binary_or_times()
    {
        var emitter = new Loopback<IAnyEvents>(ValueEncoding.MessagePack, _handler).Emitter;

        await emitter.Objects(
            new object[] { new byte[] { 1, 255 }, Noon, (ReadOnlyMemory<byte>)new byte[] { 2 } }, new DateTimeOffset(Noon));

        Assert.Equal(EventValue.FromArray(new byte[] { 1, 255 }, Noon, new byte[] { 2 }), _recorder.Last.Arguments[0]);
        Assert.Equal((EventValue)Noon, _recorder.Last.Arguments[1]);
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Write_object_of_an_unsupported_type_throws(ValueEncoding encoding)
    {
        var emitter = new Loopback<IAnyEvents>(encoding, _handler).Emitter;
        var endless = new List<object>();
        endless.Add(endless);

        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Objects(new Uri("/", UriKind.Relative), null));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Objects(endless, null));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Objects(null!, null));
        await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Json(default, JsonDocument.Parse("1")));
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_parsed_JSON(ValueEncoding encoding)
    {
        const string Text = """{"a":[1,-2.5,true,null,"é\n"],"b":{}}""";
        var emitter = new Loopback<IAnyEvents>(encoding, _handler).Emitter;

        await emitter.Json(JsonElement.Parse(Text), JsonDocument.Parse("null"));

        Assert.Equal(Text, Assert.IsType<JsonElement>(_recorder.Last.Arguments[0]).GetRawText());
        Assert.Equal(JsonValueKind.Null, Assert.IsType<JsonDocument>(_recorder.Last.Arguments[1]).RootElement.ValueKind);
    }

    [Theory]
    [InlineData(ValueEncoding.Json, "[2.50,-0.0,1e3,18446744073709551615]")]
    [InlineData(ValueEncoding.MessagePack, "[2.5,-0,1000,18446744073709551615]")]
    public async Task Parsed_JSON_keeps_its_numbers(ValueEncoding encoding, string expected)
    {
        const string Text = "[2.50,-0.0,1e3,18446744073709551615]";
        var emitter = new Loopback<IAnyEvents>(encoding, _handler).Emitter;

        await emitter.Json(JsonElement.Parse(Text), JsonDocument.Parse(Text));

        Assert.Equal(expected, Assert.IsType<JsonElement>(_recorder.Last.Arguments[0]).GetRawText());
        Assert.Equal(expected, Assert.IsType<JsonDocument>(_recorder.Last.Arguments[1]).RootElement.GetRawText());
    }

    [Fact]
    public async Task Objects_keep_the_numbers_of_parsed_JSON()
    {
        var loopback = new Loopback<IAnyEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Objects(
            new object[] { JsonElement.Parse("2.50"), JsonDocument.Parse("[1.0]"), JsonElement.Parse("18446744073709551616") }, null);

        Assert.Equal("""["objects",[2.50,[1.0],18446744073709551616],null]""", loopback.Wire);
        Assert.Equal("[2.5,[1],1.8446744073709552E+19]", Assert.IsType<EventValue>(_recorder.Last.Arguments[0]).ToString());
    }

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_values_and_maps_of_objects(ValueEncoding encoding)
    {
        var emitter = new Loopback<IAnyEvents>(encoding, _handler).Emitter;

        await emitter.Values(EventValue.FromArray(1, "a"), new Dictionary<string, object?> { ["n"] = null, ["i"] = 1 });

        Assert.Equal(EventValue.FromArray(1, "a"), _recorder.Last.Arguments[0]);
        var map = Assert.IsAssignableFrom<IReadOnlyDictionary<string, object?>>(_recorder.Last.Arguments[1]);
        Assert.Null(map["n"]);
        Assert.Equal((EventValue)1, map["i"]);
    }

    [Fact]
    public async Task Read_binary_as_parsed_JSON_throws()
    {
        var sender = new Loopback<IAnyEvents>(ValueEncoding.MessagePack, _handler);
        await sender.Emitter.Values(EventValue.FromArray(new byte[] { 1 }), new Dictionary<string, object?>());

        var error = Assert.Throws<EventSerializationException>(
            () => Encoded.FromMessagePack<JsonElement, JsonElementFormatter>("91c40101"));
        Assert.Contains("binary", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            "\"2023-11-14T22:13:20.000Z\"", Encoded.FromMessagePack<JsonElement, JsonElementFormatter>("d6ff6553f100").GetRawText());
    }
}
