namespace EventBus.Tests.Serialization;

public class JsonValueWriterTests
{
    [Fact]
    public void Write_separates_and_nests_values_as_JSON_stringify() =>
        Assert.Equal(
            """{"a":[1,-2,"x",[],{}],"b":null,"c":true,"é":false}""",
            Encoded.Json((ref writer) =>
            {
                writer.BeginMap(4);
                writer.WriteKey("a"u8);
                writer.BeginArray(5);
                writer.WriteInteger(1L);
                writer.WriteInteger(-2L);
                writer.WriteUtf8("x"u8);
                writer.BeginArray(0);
                writer.EndArray();
                writer.BeginMap(0);
                writer.EndMap();
                writer.EndArray();
                writer.WriteKey("b");
                writer.WriteNull();
                writer.WriteKey("c");
                writer.WriteBoolean(true);
                writer.WriteKey("é");
                writer.WriteBoolean(false);
                writer.EndMap();
            }));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData("\"\\/", "\"\\\"\\\\/\"")]
    [InlineData("\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\"")]
    [InlineData("\0\u0001\u000b\u001f\u007f", "\"\\u0000\\u0001\\u000b\\u001f\u007f\"")]
    [InlineData("<é'&+\u2028\u2029\ufeff😀>", "\"<é'&+\u2028\u2029\ufeff😀>\"")]
    public void WriteString_escapes_as_JSON_stringify(string text, string expected)
    {
        Assert.Equal(expected, Encoded.Json((ref writer) => writer.WriteString(text)));
        Assert.Equal(expected + ":", Encoded.Json((ref writer) => writer.WriteKey(text)));
    }

    // Not inline data: an attribute cannot hold a lone surrogate.
    [Fact]
    public void WriteString_replaces_lone_surrogates()
    {
        Assert.Equal("\"a\ufffd\"", Encoded.Json((ref writer) => writer.WriteString("a\ud800")));
        Assert.Equal("\"\ufffd\ud800\udc00\ufffd\"", Encoded.Json((ref writer) => writer.WriteString("\ud800\ud800\udc00\udc00")));
        Assert.Equal("\"\ufffd\\\"\":", Encoded.Json((ref writer) => writer.WriteKey("\udc00\"")));
    }

    [Theory]
    [InlineData("6122e282ac0a", "\"a\\\"€\\n\"")]
    [InlineData("61eda08062", "\"a\ufffdb\"")]
    [InlineData("ff", "\"\ufffd\"")]
    public void WriteUtf8_repairs_and_escapes_text(string hex, string expected)
    {
        var utf8 = Convert.FromHexString(hex);
        Assert.Equal(expected, Encoded.Json((ref writer) => writer.WriteUtf8(utf8)));
        Assert.Equal(expected + ":", Encoded.Json((ref writer) => writer.WriteKey(utf8)));
    }

    [Fact]
    public void WriteString_of_long_text_grows_the_buffer()
    {
        var text = string.Concat(Enumerable.Repeat("aé€😀\n", 10_000));
        Assert.Equal(
            '"' + text.Replace("\n", "\\n", StringComparison.Ordinal) + '"', Encoded.Json((ref writer) => writer.WriteString(text)));
    }

    [Fact]
    public void WriteBinary_sets_MetBinary_and_keeps_the_structure()
    {
        var metBinary = false;
        var json = Encoded.Json((ref writer) =>
        {
            writer.BeginArray(2);
            writer.WriteBinary([1]);
            writer.WriteInteger(2L);
            writer.EndArray();
            metBinary = writer.MetBinary;
        });
        Assert.True(metBinary);
        Assert.Equal("[null,2]", json);
    }

    [Theory]
    [InlineData("2024-02-29T12:34:56.0000000", "\"2024-02-29T12:34:56.000Z\"")]
    [InlineData("2024-02-29T12:34:56.7890000", "\"2024-02-29T12:34:56.789Z\"")]
    [InlineData("2024-02-29T12:34:56.7890001", "\"2024-02-29T12:34:56.7890001Z\"")]
    [InlineData("0001-01-01T00:00:00.0000000", "\"0001-01-01T00:00:00.000Z\"")]
    [InlineData("9999-12-31T23:59:59.9999999", "\"9999-12-31T23:59:59.9999999Z\"")]
    public void WriteTimestamp_writes_three_or_seven_fractional_digits(string time, string expected)
    {
        var utc = DateTime.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, Encoded.Json((ref writer) => writer.WriteTimestamp(utc)));
    }

    [Fact]
    public void WriteInteger_writes_digits()
    {
        Assert.Equal("-9223372036854775808", Encoded.Json((ref writer) => writer.WriteInteger(long.MinValue)));
        Assert.Equal("18446744073709551615", Encoded.Json((ref writer) => writer.WriteInteger(ulong.MaxValue)));
    }

    [Fact]
    public void Depth_of_128_is_accepted_and_129_rejected()
    {
        Assert.Equal(new string('[', 128), Encoded.Json((ref writer) => Nest(ref writer, 128)));
        Assert.Throws<EventSerializationException>(() => Encoded.Json((ref writer) => Nest(ref writer, 129)));

        static void Nest(ref EventBus.Serialization.JsonValueWriter writer, int depth)
        {
            for (var i = 0; i < depth; i++)
                writer.BeginArray(1);
        }
    }
}
