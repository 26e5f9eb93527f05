using EventBus.Serialization;

namespace EventBus.Tests.Serialization.Independent;

public class MessagePackImplementationsTests
{
    [Fact]
    public async Task Node_decodes_our_bytes_and_encodes_the_same()
    {
        var ours = Values().Select(Hex).ToArray();
        Assert.Equal(ours, await IndependentProgram.AskNodeAsync("reencode", ours));
    }

    [Fact]
    public async Task Python_decodes_our_bytes_and_encodes_the_same()
    {
        var ours = Values().Select(Hex).ToArray();
        Assert.Equal(ours, await IndependentProgram.AskPythonAsync(ours));
    }

    [Fact]
    public async Task Read_decodes_the_bytes_of_Node()
    {
        var encoded = await IndependentProgram.AskNodeAsync("encode", JavaScript.Select(pair => pair.Expression));
        var decoded = encoded.Select(hex => Encoded.FromHex(hex, (ref r) => default(EventValueFormatter).Read(ref r)));
        Assert.Equal(JavaScript.Select(pair => pair.Value), decoded);
    }

    [Fact]
    public async Task Read_decodes_the_JSON_of_Node_to_the_same_value()
    {
        var texts = JavaScript.Where(pair => !pair.Expression.Contains("new ", StringComparison.Ordinal)).ToArray();
        var json = await IndependentProgram.AskNodeAsync("stringify", texts.Select(pair => pair.Expression));
        var decoded = json.Select(text => Encoded.FromJson(text, (ref r) => default(EventValueFormatter).Read(ref r)));
        Assert.Equal(texts.Select(pair => pair.Value), decoded);
    }

    [Fact]
    public async Task Write_encodes_the_same_JSON_as_Node()
    {
        var texts = JavaScript.Where(
            pair => pair.Value.Kind is not (EventValueKind.Binary or EventValueKind.Timestamp) && !pair.HasLoneSurrogate).ToArray();
        var json = await IndependentProgram.AskNodeAsync("stringify", texts.Select(pair => pair.Expression));
        Assert.Equal(json, texts.Select(pair => Encoded.Json((ref w) => default(EventValueFormatter).Write(ref w, pair.Value))));
    }

    // The table of docs/protocol.md.
    [Fact]
    public async Task Node_changes_these_values()
    {
        var (epoch, deep) = (DateTime.UnixEpoch, (EventValue)1);
        for (var i = 0; i < 99; i++)
            deep = EventValue.FromArray(deep);
        EventValue[] values =
        [
            epoch.AddTicks(9_999),
            epoch.AddTicks(-1),
            DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            9_007_199_254_740_993,
            Map(("__proto__", 1)),
        ];
        Assert.Equal(
            [
                "\"1970-01-01T00:00:00.000Z\"",
                "\"1970-01-01T00:00:00.000Z\"",
                "\"+010000-01-01T00:00:00.000Z\"",
                "9007199254740992",
                "The key __proto__ is not allowed",
            ],
            await IndependentProgram.AskNodeAsync("decode", values.Select(Hex)));
        Assert.Equal(
            ["true", "Too deep objects in depth 101"],
            await IndependentProgram.AskNodeAsync("return", [Hex(deep), Hex(EventValue.FromArray(deep))]));
    }

    private static readonly (string Expression, EventValue Value, bool HasLoneSurrogate)[] JavaScript =
    [
        ("null", EventValue.Null, false),
        ("[undefined]", EventValue.FromArray(EventValue.Null), false),
        ("true", true, false),
        ("[0, -0, 1, -1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296]",
            Integers(0, 0, 1, -1, 127, 128, 255, 256, 65535, 65536, 4294967295, 4294967296),
            false),
        ("[-32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649]",
            Integers(-32, -33, -128, -129, -32768, -32769, -2147483648, -2147483649),
            false),
        ("[2 ** 53 - 1, 2 ** 53, -(2 ** 53)]", Integers(9007199254740991, 9007199254740992, -9007199254740992), false),
        ("[2 ** 60, 2 ** 63]", EventValue.FromArray(1152921504606847000, 9223372036854776000), false),
        ("[0.1, 1.5, -1e-7, 1e21, 1e300, 5e-324]", EventValue.FromArray(0.1, 1.5, -1e-7, 1e21, 1e300, 5e-324), false),
        ("''", "", false),
        ("'é€😀\\u2028\\u0000\\n\\\\\"<'", "é€😀\u2028\0\n\\\"<", false),
        ("'\\ud800'", "\ufffd", true),
        ("'\\udc00a\\ud800'", "\ufffda\ufffd", true),
        ("'x'.repeat(31)", new string('x', 31), false),
        ("'x'.repeat(32)", new string('x', 32), false),
        ("'€'.repeat(100)", new string('€', 100), false),
        ("'€'.repeat(70000)", new string('€', 70000), false),
        ("Array(16).fill(1)", EventValue.FromArray([.. Enumerable.Repeat((EventValue)1, 16)]), false),
        ("Array(70000).fill('a')", EventValue.FromArray([.. Enumerable.Repeat((EventValue)"a", 70000)]), false),
        ("({ b: { a: [] }, c: {} })", Map(("b", Map(("a", EventValue.FromArray()))), ("c", Map())), false),
        ("Object.fromEntries(Array(70000).fill().map((_, i) => [`k${i}`, i]))", Map([.. Enumerable.Range(0, 70000).Select(i => ($"k{i}",
            (EventValue)i))]), false),
        ("new Uint8Array(0)", Array.Empty<byte>(), false),
        ("new Uint8Array(255)", new byte[255], false),
        ("new Uint8Array(256)", new byte[256], false),
        ("new Uint8Array(70000)", new byte[70000], false),
        ("new Date(0)", Time(0), false),
        ("new Date(1700000000000)", Time(1700000000000), false),
        ("new Date(1700000000123)", Time(1700000000123), false),
        ("new Date(-1)", Time(-1), false),
        ("new Date('0001-01-01T00:00:00.000Z')", Time(-62135596800000), false),
        ("new Date('2600-01-01T00:00:00.001Z')", Time(19880899200001), false),
        ("new Date('9999-12-31T23:59:59.999Z')", Time(253402300799999), false),
    ];

    // What both ways can hold: JavaScript has no integers above 2^53, and its time and Python's have fewer digits.
    private static IEnumerable<EventValue> Values()
    {
        var random = new Random(20_260_105);
        foreach (var (expression, value, _) in JavaScript)
        {
            if (!expression.Contains("2 ** ", StringComparison.Ordinal))
                yield return value;
        }

        for (var i = 0; i < 500; i++)
            yield return Any(random, 4);
    }

    private static EventValue Any(Random random, int depth) => random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => EventValue.Null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(-9007199254740991, 9007199254740992) >> random.Next(54),
        3 => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-300, 300)),
        4 => new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0x20, 0xD7FF))]),
        5 => RandomBytes(random),
        6 => Time(random.NextInt64(-62135596800000, 253402300800000)),
        7 => EventValue.FromArray([.. Enumerable.Range(0, random.Next(20)).Select(_ => Any(random, depth - 1))]),
        _ => Map([.. Enumerable.Range(0, random.Next(20)).Select(i => ($"k{i}", Any(random, depth - 1)))]),
    };

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static EventValue Integers(params long[] values) => EventValue.FromArray([.. values.Select(value => (EventValue)value)]);

    private static EventValue Map(params (string Key, EventValue Value)[] members) =>
        EventValue.FromMap([.. members.Select(member => KeyValuePair.Create(member.Key, member.Value))]);

    private static EventValue Time(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private static string Hex(EventValue value) => Encoded.Hex((ref w) => default(EventValueFormatter).Write(ref w, value));
}
