using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public sealed class JsonElementFormatterTests
{
    private const string Refusal =
        "The number is no integer of 64 bits, and a double would change its value, so the event cannot be attached. "
        + "Send the number as text or as a decimal.";

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData("2.50")]
    [InlineData("1.0")]
    [InlineData("1E+3")]
    [InlineData("1e-0003")]
    [InlineData("-1e-400")]
    [InlineData("0.10000000000000001")]
    [InlineData("18446744073709551616")]
    [InlineData("3.14159265358979323846264338327950288")]
    public void Number_inline_keeps_its_text(string text)
    {
        Assert.Equal(text, Json(text));
        Assert.Equal(text, Encoded.FromJson(text, (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());
        Assert.Equal(
            $"[{text}]",
            Encoded.FromJson($"[{text}]", (ref r) => default(JsonDocumentFormatter).Read(ref r)).RootElement.GetRawText());
    }

    [Theory]
    [InlineData("0", "00", "0")]
    [InlineData("0.00", "00", "0")]
    [InlineData("-0", "cb8000000000000000", "-0")]
    [InlineData("-0.0e7", "cb8000000000000000", "-0")]
    [InlineData("-7", "f9", "-7")]
    [InlineData("1.0", "01", "1")]
    [InlineData("1E+3", "cd03e8", "1000")]
    [InlineData("120e-1", "0c", "12")]
    [InlineData("2.50", "cb4004000000000000", "2.5")]
    [InlineData("0.1", "cb3fb999999999999a", "0.1")]
    [InlineData("0.10000000000000001", "cb3fb999999999999a", "0.1")]
    [InlineData("1.0000000000000001e-1", "cb3fb999999999999a", "0.1")]
    [InlineData("-0.29999999999999999", "cbbfd3333333333333", "-0.3")]
    [InlineData("4.9406564584124654e-324", "cb0000000000000001", "5e-324")]
    [InlineData("99999999999999992000000", "cb44b52d02c7e14af6", "1e+23")]
    [InlineData("9007199254740993", "cf0020000000000001", "9007199254740993")]
    [InlineData("18446744073709551615", "cfffffffffffffffff", "18446744073709551615")]
    [InlineData("-9223372036854775808", "d38000000000000000", "-9223372036854775808")]
    [InlineData("100000000000000000000000", "cb44b52d02c7e14af6", "1e+23")]
    [InlineData("5e-324", "cb0000000000000001", "5e-324")]
    [InlineData("1.7976931348623157e308", "cb7fefffffffffffff", "1.7976931348623157e+308")]
    public void Number_attached_has_the_same_value(string text, string hex, string read)
    {
        Assert.Equal(hex, Convert.ToHexStringLower(MessagePack(text)));
        Assert.Equal(read, Encoded.FromHex(hex, (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());
    }

    [Theory]
    [InlineData("1e-400")]
    [InlineData("-9223372036854775809")]
    [InlineData("18446744073709551616")]
    [InlineData("3.14159265358979323846")]
    [InlineData("9007199254740992.5")]
    [InlineData("0.1000000000000000055511151231257827021181583404541015625")]
    [InlineData("0.100000000000000006")]
    [InlineData("1e-99999999999999999999")]
    public void Number_without_a_form_cannot_be_attached(string text)
    {
        Assert.Equal(Refusal, Assert.Throws<EventSerializationException>(() => MessagePack(text)).Message);
        Assert.Equal(Refusal, Assert.Throws<EventSerializationException>(() => MessagePack($"[0,{text}]")).Message);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("1.8e308")]
    [InlineData("1e99999999999999999999")]
    public void Number_beyond_a_double_cannot_be_written(string text)
    {
        const string Beyond = "The number is not within the range of a double. Send it as text.";

        Assert.Equal(Beyond, Assert.Throws<EventSerializationException>(() => Json(text)).Message);
        Assert.Equal(Beyond, Assert.Throws<EventSerializationException>(() => MessagePack(text)).Message);
        Assert.Equal(Beyond, Assert.Throws<EventSerializationException>(() => Json($"[0,{text}]")).Message);
    }

    [Theory]
    [InlineData("2.50", "2.5")]
    [InlineData("18446744073709551616", "1.8446744073709552E+19")]
    [InlineData("-12345678901234567890", "-1.2345678901234567E+19")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("3.14159265358979323846", "3.141592653589793")]
    [InlineData("1e-400", "0")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157E+308")]
    public void Number_inline_is_read_as_an_untyped_value(string text, string value)
    {
        Assert.Equal(value, Encoded.FromJson(Json(text), (ref r) => default(EventValueFormatter).Read(ref r)).ToString());
        Assert.Equal(value, Encoded.FromJson(Json(text), (ref r) => default(ObjectFormatter).Read(ref r)).ToString());
    }

    [Fact]
    public void Key_that_occurs_twice_stays_in_parsed_JSON_but_not_in_an_object()
    {
        const string Twice = """{"a":1,"b":2,"a":3}""";
        object map = new KeyValuePair<string, object?>[] { new("a", 1), new("b", 2), new("a", 3) };

        Assert.Equal(Twice, Json(Twice));
        Assert.Equal("83a16101a16202a16103", Convert.ToHexStringLower(MessagePack(Twice)));
        Assert.Equal(Twice, Encoded.FromJson(Twice, (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());
        Assert.Equal(Twice, Encoded.FromHex("83a16101a16202a16103", (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());
        Assert.Equal("""{"a":3,"b":2}""", Encoded.Json((ref w) => default(ObjectFormatter).Write(ref w, in map)));
        Assert.Equal("82a16103a16202", Encoded.Hex((ref w) => default(ObjectFormatter).Write(ref w, in map)));
    }

    [Fact]
    public void Number_of_very_many_digits_has_its_value()
    {
        var zeros = new string('0', 1_000_010);

        Assert.Equal("01", Convert.ToHexStringLower(MessagePack($"1{zeros}e-1000010")));
        Assert.Equal("0a", Convert.ToHexStringLower(MessagePack($"0.{zeros}1e1000012")));
        Assert.Throws<EventSerializationException>(() => MessagePack($"1{zeros}e-2000000"));
    }

    [Fact]
    public void Numbers_of_random_digits_are_attached_exactly_or_refused()
    {
        var random = new Random(20261130);
        for (var round = 0; round < 20_000; round++)
        {
            var digits = random.Next(1, 20);
            var whole = string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10)))).TrimStart('0');
            var scale = random.Next(0, 12);
            var value = decimal.Parse($"0{whole}", CultureInfo.InvariantCulture) / (decimal)Math.Pow(10, scale);
            var text = value.ToString(CultureInfo.InvariantCulture);
            var nearest = double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
            var of17Digits = double.Parse(text, CultureInfo.InvariantCulture).ToString("E16", CultureInfo.InvariantCulture);
            var isExact = decimal.IsInteger(value)
                || decimal.Parse(nearest, NumberStyles.Float, CultureInfo.InvariantCulture) == value;

            if (isExact || decimal.Parse(of17Digits, NumberStyles.Float, CultureInfo.InvariantCulture) == value)
            {
                var read = Encoded.FromMessagePack(MessagePack(text), (ref r) => default(JsonElementFormatter).Read(ref r));
                Assert.Equal(double.Parse(text, CultureInfo.InvariantCulture), read.GetDouble());
                if (isExact)
                    Assert.Equal(value, read.GetDecimal());
            }
            else
            {
                Assert.Throws<EventSerializationException>(() => MessagePack(text));
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-00")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1.e3")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1e1.5")]
    [InlineData("--1")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1,2")]
    [InlineData("١")]
    public void WriteNumber_other_text_throws(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);

        Assert.Throws<EventSerializationException>(() => Encoded.Json((ref w) => w.WriteNumber(utf8)));
        Assert.Throws<EventSerializationException>(() => Encoded.MessagePack((ref w) => w.WriteNumber(utf8)));
    }

    [Fact]
    public void ReadNumber_returns_the_text_of_every_form()
    {
        Assert.Equal("1E2", Encoded.FromJson("1E2", (ref r) => Encoding.UTF8.GetString(r.ReadNumber())));
        Assert.Equal("-1", Encoded.FromHex("d0ff", (ref r) => Encoding.UTF8.GetString(r.ReadNumber())));
        Assert.Equal("0.1", Encoded.FromHex("ca3dcccccd", (ref r) => Encoding.UTF8.GetString(r.ReadNumber())));
        Assert.Equal("", Encoded.FromHex("cb7ff0000000000000", (ref r) => Encoding.UTF8.GetString(r.ReadNumber())));
        Assert.Equal("", Encoded.FromHex("ca7fc00000", (ref r) => Encoding.UTF8.GetString(r.ReadNumber())));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("\"1\"", (ref r) => r.ReadNumber().Length));
        Assert.Throws<EventSerializationException>(() => Encoded.FromHex("a131", (ref r) => r.ReadNumber().Length));
    }

    [Fact]
    public void Values_of_every_kind_are_written_and_read_without_spaces()
    {
        const string Text = """{"a":[1,-2.5,true,false,null,"é\n\"",{}],"":"","ä b":{"x":[[]]}}""";
        using var spaced = JsonDocument.Parse("""
            { "a" : [1, -2.5, true, false, null, "\u00e9\n\"", {}], "" : "", "ä b" : { "x" : [ [ ] ] } }
            """);

        RoundTripsAs(Text, spaced.RootElement);
        Assert.Equal(
            "[null,1]", Encoded.FromHex("92cb7ff800000000000001", (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());

        static void RoundTripsAs(string text, JsonElement element)
        {
            Assert.Equal(text, Encoded.Json((ref w) => default(JsonElementFormatter).Write(ref w, in element)));
            var messagePack = Encoded.MessagePack((ref w) => default(JsonElementFormatter).Write(ref w, in element));
            Assert.Equal(text, Encoded.FromMessagePack(messagePack, (ref r) => default(JsonElementFormatter).Read(ref r)).GetRawText());
        }
    }

    [Fact]
    public void Write_undefined_surrogate_or_too_deep_throws()
    {
        RoundTrip.RefusesToWrite<JsonElement, JsonElementFormatter>(default);
        foreach (var text in new[] { "\"\\ud800\"", "{\"\\ud800\":1}" })
            RoundTrip.RefusesToWrite<JsonElement, JsonElementFormatter>(JsonElement.Parse(text));
        var deep = new string('[', 129) + new string(']', 129);
        RoundTrip.RefusesToWrite<JsonElement, JsonElementFormatter>(
            JsonElement.Parse(deep, new JsonDocumentOptions { MaxDepth = 200 }));
    }

    [Fact]
    public void Read_binary_throws_with_its_position()
    {
        var error = Assert.Throws<EventSerializationException>(
            () => Encoded.FromHex("9201c40101", (ref r) => default(JsonElementFormatter).Read(ref r)));

        Assert.Equal(2, error.Position);
        Assert.Contains("binary", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FromJson_rounds_to_a_double_but_not_to_infinity()
    {
        Assert.Equal((EventValue)0.1, EventValue.FromJson(JsonElement.Parse("0.10000000000000000555")));
        Assert.Equal((EventValue)1e23, EventValue.FromJson(JsonElement.Parse("100000000000000000000000")));
        var error = Assert.Throws<ArgumentException>(() => EventValue.FromJson(JsonElement.Parse("[1,-1e400]")));
        Assert.StartsWith("A number in the JSON is not within the range of a double.", error.Message, StringComparison.Ordinal);
    }

    private static string Json(string text)
    {
        var element = JsonElement.Parse(text);
        return Encoded.Json((ref w) => default(JsonElementFormatter).Write(ref w, in element));
    }

    private static byte[] MessagePack(string text)
    {
        var element = JsonElement.Parse(text);
        return Encoded.MessagePack((ref w) => default(JsonElementFormatter).Write(ref w, in element));
    }
}
