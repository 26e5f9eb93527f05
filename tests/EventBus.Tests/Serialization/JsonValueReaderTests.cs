using System.Numerics;
using System.Text;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class JsonValueReaderTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("-0.0", 0)]
    [InlineData("1.0", 1)]
    [InlineData("1e3", 1000)]
    [InlineData("12.5E+1", 125)]
    [InlineData("1000e-3", 1)]
    [InlineData("0e99999999999999999999", 0)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("9223372036854775807.000", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("-9223372036854775808e0", long.MinValue)]
    [InlineData(" \t\r\n7 ", 7)]
    public void ReadInt64_accepts_every_notation(string json, long expected) =>
        Assert.Equal(expected, Encoded.FromJson(json, (ref r) => r.ReadInt64()));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1e-1")]
    [InlineData("9223372036854775808")]
    [InlineData("-9223372036854775809")]
    [InlineData("1e19")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1e-99999999999999999999")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("[1]")]
    public void ReadInt64_rejects_other_values_with_their_position(string json)
    {
        var exception = Assert.Throws<EventSerializationException>(() => Encoded.FromJson("  " + json, (ref r) => r.ReadInt64()));
        Assert.Equal(2, exception.Position);
    }

    [Fact]
    public void ReadUInt64_reads_values_above_Int64()
    {
        Assert.Equal(ulong.MaxValue, Encoded.FromJson("18446744073709551615", (ref r) => r.ReadUInt64()));
        Assert.Equal(10_000_000_000_000_000_000, Encoded.FromJson("1e19", (ref r) => r.ReadUInt64()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("18446744073709551616", (ref r) => r.ReadUInt64()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("-1", (ref r) => r.ReadUInt64()));
    }

    [Theory]
    [InlineData("5e-324", 5e-324)]
    [InlineData("1.7976931348623157e+308", double.MaxValue)]
    [InlineData("1e-400", 0)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890d)]
    public void ReadDouble_accepts_any_number(string json, double expected) =>
        Assert.Equal(expected, Encoded.FromJson(json, (ref r) => r.ReadDouble()));

    [Fact]
    public void Numbers_beyond_the_type_are_rejected()
    {
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("1e309", (ref r) => r.ReadDouble()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("-1e39", (ref r) => r.ReadSingle()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("79228162514264337593543950336", (ref r) => r.ReadDecimal()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("1e-29", (ref r) => r.ReadDecimal()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("\"x\"", (ref r) => r.ReadDecimal()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson("1e10001", (ref r) => r.ReadBigInteger()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromJson(new string('9', 10_002), (ref r) => r.ReadBigInteger()));
    }

    [Fact]
    public void ReadDecimal_and_ReadBigInteger_are_exact()
    {
        Assert.Equal(
            "1.50", Encoded.FromJson("1.50", (ref r) => r.ReadDecimal()).ToString(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(decimal.MaxValue, Encoded.FromJson("\"79228162514264337593543950335\"", (ref r) => r.ReadDecimal()));
        Assert.Equal(1200m, Encoded.FromJson("1.2e3", (ref r) => r.ReadDecimal()));
        Assert.Equal(BigInteger.Pow(10, 400), Encoded.FromJson("1e400", (ref r) => r.ReadBigInteger()));
        Assert.Equal(-BigInteger.Pow(10, 60) - 1, Encoded.FromJson("-1" + new string('0', 59) + "1", (ref r) => r.ReadBigInteger()));
        Assert.Equal(-5, Encoded.FromJson("\"-5\"", (ref r) => r.ReadBigInteger()));
    }

    [Theory]
    [InlineData("\"\"", "")]
    [InlineData("\"é€😀\u2028\"", "é€😀\u2028")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t")]
    [InlineData("\"\\u0041\\u00e9\\u20AC\\ud83d\\uDE00\"", "Aé€😀")]
    [InlineData("\"\\ud83d\\ude00a\\ud83d\\ude00\\u0041\"", "😀a😀A")]
    [InlineData("\"a\\ud800\"", "a\ufffd")]
    [InlineData("\"\\ud800\\n\"", "\ufffd\n")]
    [InlineData("\"\\ud800\\ud83d\\ude00\"", "\ufffd😀")]
    [InlineData("\"\\udc00a\"", "\ufffda")]
    [InlineData("\"\\udc00\\ud800\"", "\ufffd\ufffd")]
    public void ReadString_resolves_escapes(string json, string expected)
    {
        Assert.Equal(expected, Encoded.FromJson(json, (ref r) => r.ReadString()));
        Assert.Equal(expected, Encoded.FromJson(json, (ref r) => Encoding.UTF8.GetString(r.ReadUtf8())));
        Assert.Equal(expected, Encoded.FromJson($"{{{json}:1}}", (ref r) =>
        {
            var cursor = r.BeginMap();
            Assert.True(r.MoveNext(ref cursor));
            var key = Encoding.UTF8.GetString(r.ReadKey());
            Assert.Equal(1, r.ReadInt64());
            Assert.False(r.MoveNext(ref cursor));
            return key;
        }));
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("[1,]", 3)]
    [InlineData("{\"a\":1,}", 7)]
    [InlineData("[1 2]", 3)]
    [InlineData("// x\n1", 0)]
    [InlineData("\n[\n01]", 4)]
    [InlineData("[1", 2)]
    [InlineData("+1", 0)]
    [InlineData(".5", 0)]
    [InlineData("1.", 2)]
    [InlineData("NaN", 0)]
    [InlineData("'a'", 0)]
    [InlineData("\"\t\"", 1)]
    [InlineData("\"\\x\"", 2)]
    [InlineData("\"\\u12g4\"", 5)]
    [InlineData("\"abc", 4)]
    [InlineData("{1:2}", 1)]
    [InlineData("[1}", 2)]
    [InlineData("\ufeff1", 0)]
    public void Malformed_JSON_is_rejected_with_its_position(string json, int position)
    {
        var exception = Assert.Throws<EventSerializationException>(() => Encoded.FromJson(json, (ref r) =>
        {
            r.Skip();
            return 0;
        }));
        Assert.Equal(position, exception.Position);
    }

    [Theory]
    [InlineData("22ff22", 1)]
    [InlineData("2261eda08022", 2)]
    [InlineData("22c080", 1)]
    [InlineData("5b22c3a9c322", 4)]
    public void Ill_formed_UTF8_is_rejected_with_its_position(string hex, int position)
    {
        var exception = Assert.Throws<EventSerializationException>(
            () => Encoded.FromJson(Convert.FromHexString(hex), (ref r) => r.ReadString()));
        Assert.Equal(position, exception.Position);
    }

    [Theory]
    [InlineData("1 2", 2)]
    [InlineData("{}]", 2)]
    [InlineData("null,", 4)]
    public void Text_after_the_value_is_rejected(string json, int position)
    {
        var exception = Assert.Throws<EventSerializationException>(() => Encoded.FromJson(json, (ref r) =>
        {
            r.Skip();
            return 0;
        }));
        Assert.Equal(position, exception.Position);
    }

    [Fact]
    public void Position_is_before_and_after_each_value()
    {
        var json = """ { "a" : [ 1 , "x" ] , "b" : {} } """u8.ToArray();
        var reader = new JsonValueReader(json);
        var found = new List<string>();
        var map = reader.BeginMap();
        while (reader.MoveNext(ref map))
        {
            reader.ReadKey();
            var start = reader.Position;
            reader.Skip();
            found.Add(Encoding.UTF8.GetString(json[start..reader.Position]));
        }

        reader.EnsureEnd();
        Assert.Equal(["""[ 1 , "x" ]""", "{}"], found);
    }

    [Fact]
    public void Kind_is_known_before_reading()
    {
        var reader = new JsonValueReader("""[null,true,1,18446744073709551616,1.0,1e2,"",[],{}]"""u8);
        var kinds = new List<ValueKind>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
        {
            kinds.Add(reader.Kind);
            reader.Skip();
        }

        Assert.True(cursor.Ended);
        Assert.Equal(
            [
                ValueKind.Null, ValueKind.Boolean, ValueKind.Integer, ValueKind.Float, ValueKind.Float, ValueKind.Float, ValueKind.String,
                ValueKind.Array, ValueKind.Map,
            ],
            kinds);
    }

    [Fact]
    public void Wrong_kind_error_names_both_kinds()
    {
        Refuses("null", "Expected a boolean, found null.", (ref r) => r.ReadBoolean());
        Refuses("true", "Expected an integer, found a boolean.", (ref r) => r.ReadInt64());
        Refuses("1", "Expected text, found a number.", (ref r) => r.ReadString());
        Refuses("\"x\"", "Expected an array, found text.", (ref r) => r.BeginArray());
        Refuses("[]", "Expected a map, found an array.", (ref r) => r.BeginMap());
        Refuses("{}", "Expected a number, found a map.", (ref r) => r.ReadDouble());
        Refuses("\"x\"", "Expected binary, found text.", (ref r) => r.ReadBinary().Length);

        static void Refuses<T>(string json, string message, Encoded.JsonReading<T> read) =>
            Assert.Equal(message, Assert.Throws<EventSerializationException>(() => Encoded.FromJson(json, read)).Message);
    }

    [Fact]
    public void ReadUtf8_without_escapes_allocates_nothing()
    {
        var json = """{"key":"text","other":[1,2.5,true,null]}"""u8.ToArray();
        Read(json);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(json);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void Read(byte[] json)
        {
            var reader = new JsonValueReader(json);
            var map = reader.BeginMap();
            reader.MoveNext(ref map);
            reader.ReadKey();
            reader.ReadUtf8();
            reader.MoveNext(ref map);
            reader.ReadKey();
            var array = reader.BeginArray();
            reader.MoveNext(ref array);
            reader.ReadInt64();
            reader.MoveNext(ref array);
            reader.ReadDouble();
            reader.MoveNext(ref array);
            reader.ReadBoolean();
            reader.MoveNext(ref array);
            reader.TryReadNull();
            reader.MoveNext(ref array);
            reader.MoveNext(ref map);
            reader.EnsureEnd();
        }
    }
}
