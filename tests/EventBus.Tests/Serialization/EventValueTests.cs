using System.Globalization;
using System.Text.Json;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class EventValueTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc);

    private static readonly EventValue Everything = EventValue.FromMap(
        new("null", EventValue.Null),
        new("true", true),
        new("int", 1),
        new("long", long.MinValue),
        new("ulong", ulong.MaxValue),
        new("float", 1.5),
        new("text", "é\"\n"),
        new("array", EventValue.FromArray(1, "x", EventValue.FromArray())),
        new("map", EventValue.FromMap(new KeyValuePair<string, EventValue>("a", 1))));

    [Fact]
    public void Kind_is_that_of_the_value()
    {
        Assert.Equal(EventValueKind.Null, default(EventValue).Kind);
        Assert.Equal(EventValueKind.Null, ((EventValue)(string?)null).Kind);
        Assert.Equal(EventValueKind.Null, ((EventValue)(byte[]?)null).Kind);
        Assert.Equal(EventValueKind.Boolean, ((EventValue)true).Kind);
        Assert.Equal(EventValueKind.Integer, ((EventValue)1).Kind);
        Assert.Equal(EventValueKind.Integer, ((EventValue)ulong.MaxValue).Kind);
        Assert.Equal(EventValueKind.Integer, ((EventValue)5.0).Kind);
        Assert.Equal(EventValueKind.Float, ((EventValue)5.5).Kind);
        Assert.Equal(EventValueKind.Float, ((EventValue)1e30).Kind);
        Assert.Equal(EventValueKind.Float, ((EventValue)double.NaN).Kind);
        Assert.Equal(EventValueKind.String, ((EventValue)"").Kind);
        Assert.Equal(EventValueKind.Binary, ((EventValue)new byte[1]).Kind);
        Assert.Equal(EventValueKind.Binary, ((EventValue)ReadOnlyMemory<byte>.Empty).Kind);
        Assert.Equal(EventValueKind.Timestamp, ((EventValue)Noon).Kind);
        Assert.Equal(EventValueKind.Array, EventValue.FromArray().Kind);
        Assert.Equal(EventValueKind.Map, EventValue.FromMap().Kind);
    }

    [Fact]
    public void Getters_return_the_value()
    {
        Assert.True(((EventValue)true).GetBoolean());
        Assert.Equal(long.MinValue, ((EventValue)long.MinValue).GetInt64());
        Assert.Equal(ulong.MaxValue, ((EventValue)ulong.MaxValue).GetUInt64());
        Assert.Equal(7ul, ((EventValue)7).GetUInt64());
        Assert.Equal(7d, ((EventValue)7).GetDouble());
        Assert.Equal(18446744073709551615d, ((EventValue)ulong.MaxValue).GetDouble());
        Assert.Equal(0.1, ((EventValue)0.1).GetDouble());
        Assert.Equal("x", ((EventValue)"x").GetString());
        Assert.Equal(Noon, ((EventValue)Noon).GetTimestamp());
        Assert.Equal(DateTimeKind.Utc, ((EventValue)Noon).GetTimestamp().Kind);
        Assert.Equal(Noon, ((EventValue)new DateTimeOffset(Noon).ToOffset(TimeSpan.FromHours(5))).GetTimestamp());
        Assert.Equal(Noon, ((EventValue)Noon.ToLocalTime()).GetTimestamp());
        Assert.Equal(Noon, ((EventValue)"2024-02-29T12:00:00.000Z").GetTimestamp());
        Assert.Equal(Noon, ((EventValue)"2024-02-29T14:00:00+02:00").GetTimestamp());
    }

    [Fact]
    public void Wrong_kind_error_names_both_kinds()
    {
        Assert.Equal("The value is of kind String, not Boolean.",
            Assert.Throws<InvalidOperationException>(() => ((EventValue)"x").GetBoolean()).Message);
        Assert.Equal("The value is of kind Float, not Integer.",
            Assert.Throws<InvalidOperationException>(() => ((EventValue)1.5).GetInt64()).Message);
        Assert.Equal(
            "The value is of kind Null, not Float.", Assert.Throws<InvalidOperationException>(() => EventValue.Null.GetDouble()).Message);
        Assert.Equal(
            "The value is of kind Integer, not Array.", Assert.Throws<InvalidOperationException>(() => ((EventValue)1).Items).Message);
        Assert.Equal(
            "The value is of kind Integer, not Map.", Assert.Throws<InvalidOperationException>(() => ((EventValue)1).Members).Message);
        Assert.Equal("The value is of kind String, not Timestamp.",
            Assert.Throws<InvalidOperationException>(() => ((EventValue)"now").GetTimestamp()).Message);
        Assert.Throws<InvalidOperationException>(() => ((EventValue)ulong.MaxValue).GetInt64());
        Assert.Throws<InvalidOperationException>(() => ((EventValue)(-1)).GetUInt64());
        Assert.Throws<InvalidOperationException>(() => ((EventValue)"x").GetBinary());
        Assert.Throws<InvalidOperationException>(() => ((EventValue)1).GetString());
        Assert.False(((EventValue)1).TryGetMember("a", out _));
    }

    [Fact]
    public void Binary_and_items_are_copied()
    {
        byte[] bytes = [1];
        EventValue[] items = [1];
        EventValue binary = bytes;
        EventValue memory = new ReadOnlyMemory<byte>(bytes);
        var array = EventValue.FromArray(items);
        bytes[0] = 2;
        items[0] = 2;
        Assert.Equal([1], binary.GetBinary().ToArray());
        Assert.Equal([1], memory.GetBinary().ToArray());
        Assert.Equal(1, array.Items[0]);
        Assert.Throws<NotSupportedException>(() => ((IList<EventValue>)array.Items)[0] = 2);
    }

    [Fact]
    public void Equals_compares_values()
    {
        Equal(0, -0.0);
        Equal(5, 5.0);
        Equal(5ul, 5L);
        Equal(1L << 60, Math.Pow(2, 60));
        Equal(double.NaN, double.NaN);
        Equal(new byte[] { 1 }, new ReadOnlyMemory<byte>([1]));
        Equal(Noon, new DateTimeOffset(Noon));
        Equal(EventValue.FromArray(1, "x"), EventValue.FromArray(1.0, "x"));
        Equal(
            EventValue.FromMap(new("a", 1), new("b", 2)),
            EventValue.FromMap(new("b", 2), new("a", 1.0)));
        Equal(Members(100), EventValue.FromMap([.. Members(100).Members.Reverse()]));

        static EventValue Members(int count) =>
            EventValue.FromMap([.. Enumerable.Range(0, count).Select(i => KeyValuePair.Create($"k{i}", (EventValue)i))]);

        static void Equal(EventValue left, EventValue right)
        {
            Assert.True(left == right);
            Assert.True(right.Equals((object)left));
            Assert.Equal(left.GetHashCode(), right.GetHashCode());
        }
    }

    [Fact]
    public void Equals_is_false_for_different_values()
    {
        EventValue[] values =
        [
            EventValue.Null, false, true, 0, 1, (
                1L << 60) + 1, Math.Pow(2, 60), ulong.MaxValue, Math.Pow(2, 64), -1, 0.5, double.PositiveInfinity, "", "0",
            Array.Empty<byte>(), new byte[] { 1 }, Noon, Noon.AddTicks(
                1), EventValue.FromArray(), EventValue.FromArray(1), EventValue.FromArray(1, 2),
            EventValue.FromArray(2, 1), EventValue.FromMap(), EventValue.FromMap(new KeyValuePair<string, EventValue>("a", 1)),
            EventValue.FromMap(
                new KeyValuePair<string, EventValue>("a", 2)), EventValue.FromMap(new KeyValuePair<string, EventValue>("b", 1)),
        ];
        for (var i = 0; i < values.Length; i++)
        {
            for (var j = 0; j < values.Length; j++)
                Assert.Equal(i == j, values[i] == values[j]);
        }
    }

    [Fact]
    public void Maps_keep_order_and_the_last_value_of_a_key()
    {
        var map = EventValue.FromMap(new("b", 1), new("a", 2), new("b", 3));
        Assert.Equal([new("b", 3), new("a", 2)], map.Members);
        Assert.True(map.TryGetMember("b", out var value));
        Assert.Equal(3, value);
        Assert.False(map.TryGetMember("c", out _));
        Assert.Throws<ArgumentException>(() => EventValue.FromMap(new KeyValuePair<string, EventValue>(null!, 1)));

        var large = EventValue.FromMap([.. Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"k{i}", (EventValue)i))]);
        Assert.True(large.TryGetMember("k999", out value));
        Assert.Equal(999, value);
        Assert.False(large.TryGetMember("k1000", out _));
    }

    [Fact]
    public void Depth_of_128_is_accepted_and_129_rejected()
    {
        var value = (EventValue)1;
        for (var i = 0; i < 128; i++)
            value = i % 2 == 0 ? EventValue.FromArray(value) : EventValue.FromMap(new KeyValuePair<string, EventValue>("a", value));
        Assert.Equal(
            value, Encoded.FromJson(Encoded.Json((ref w) => default(EventValueFormatter).Write(ref w, value)),
            (ref r) => default(EventValueFormatter).Read(ref r)));
        Assert.Throws<ArgumentException>(() => EventValue.FromArray(value));
        Assert.Throws<ArgumentException>(() => EventValue.FromMap(new KeyValuePair<string, EventValue>("a", value)));

        using var deep = JsonDocument.Parse(new string('[', 129) + new string(']', 129), new JsonDocumentOptions { MaxDepth = 1000 });
        Assert.Throws<ArgumentException>(() => EventValue.FromJson(deep.RootElement));
    }

    [Fact]
    public void FromJson_converts_every_kind()
    {
        using var json = JsonDocument.Parse(
            """{"null":null,"true":true,"int":1.0,"long":-9223372036854775808,"ulong":18446744073709551615"""
            + ""","float":15e-1,"text":"é\"\n","array":[1,"x",[]],"map":{"a":0,"a":1}}""");
        Assert.Equal(Everything, EventValue.FromJson(json.RootElement));
        Assert.Throws<ArgumentException>(() => EventValue.FromJson(default));
        using var surrogate = JsonDocument.Parse("\"\\ud800\"");
        Assert.Throws<ArgumentException>(() => EventValue.FromJson(surrogate.RootElement));
    }

    [Fact]
    public void ToString_is_compact_JSON_with_words_for_binary_and_time()
    {
        Assert.Equal(
            """{"null":null,"true":true,"int":1,"long":-9223372036854775808,"ulong":18446744073709551615"""
            + ""","float":1.5,"text":"é\"\n","array":[1,"x",[]],"map":{"a":1}}""",
            Everything.ToString());
        Assert.Equal("[<2 bytes>,2024-02-29T12:00:00.0000000Z]", EventValue.FromArray(new byte[2], Noon).ToString());
    }

    [Fact]
    public void Values_read_back_the_same_from_both_encodings()
    {
        Assert.Equal(Everything, ThroughJson(Everything));
        Assert.Equal(Everything, ThroughMessagePack(Everything));
        var rest = EventValue.FromArray(new byte[] { 1, 2 }, Noon.AddTicks(1), DateTime.MinValue, DateTime.MaxValue);
        Assert.Equal(rest, ThroughMessagePack(rest));
        Assert.Equal("2024-02-29T12:00:00.0000001Z", ThroughJson(Noon.AddTicks(1)));
        Assert.Equal(Noon.AddTicks(1), ThroughJson(Noon.AddTicks(1)).GetTimestamp());
        Assert.Equal(EventValue.Null, ThroughJson(double.NaN));
        Assert.Equal(EventValue.Null, ThroughMessagePack(double.NegativeInfinity));
    }

    [Fact]
    public void Number_kinds_do_not_depend_on_the_encoding()
    {
        double[] numbers =
        [
            0, -0.0, 5, 0.1, 1e15, Math.Pow(2, 53), Math.Pow(2, 53) + 2, Math.Pow(2, 60), -Math.Pow(2, 62),
            1e18, 1e19, 1e20, 1e21, -1e19, 5e-324
        ];
        foreach (var number in numbers)
        {
            var json = ThroughJson(number);
            var messagePack = Encoded.FromMessagePack(
                Encoded.MessagePack((ref w) => w.WriteDouble(number)), (ref r) => default(EventValueFormatter).Read(ref r));
            Assert.Equal(json, messagePack);
            Assert.Equal(json.Kind, messagePack.Kind);
        }

        Assert.Equal(
            "0.1", Encoded.FromHex("ca3dcccccd",
            (ref r) => default(EventValueFormatter).Read(ref r)).GetDouble().ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Read_rejects_extensions() =>
        Assert.Equal(
            1, Assert.Throws<EventSerializationException>(() => Encoded.FromHex("91d40100",
            (ref r) => default(EventValueFormatter).Read(ref r))).Position);

    private static EventValue ThroughJson(EventValue value) =>
        Encoded.FromJson(
            Encoded.JsonBytes((ref w) => default(EventValueFormatter).Write(ref w, value)),
            (ref r) => default(EventValueFormatter).Read(ref r));

    private static EventValue ThroughMessagePack(EventValue value) =>
        Encoded.FromMessagePack(
            Encoded.MessagePack((ref w) => default(EventValueFormatter).Write(ref w, value)),
            (ref r) => default(EventValueFormatter).Read(ref r));
}
