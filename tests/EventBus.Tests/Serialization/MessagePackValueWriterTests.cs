using System.Globalization;

namespace EventBus.Tests.Serialization;

public class MessagePackValueWriterTests
{
    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7f")]
    [InlineData(128, "cc80")]
    [InlineData(255, "ccff")]
    [InlineData(256, "cd0100")]
    [InlineData(65535, "cdffff")]
    [InlineData(65536, "ce00010000")]
    [InlineData(4294967295, "ceffffffff")]
    [InlineData(4294967296, "cf0000000100000000")]
    [InlineData(long.MaxValue, "cf7fffffffffffffff")]
    [InlineData(-1, "ff")]
    [InlineData(-32, "e0")]
    [InlineData(-33, "d0df")]
    [InlineData(-128, "d080")]
    [InlineData(-129, "d1ff7f")]
    [InlineData(-32768, "d18000")]
    [InlineData(-32769, "d2ffff7fff")]
    [InlineData(int.MinValue, "d280000000")]
    [InlineData(int.MinValue - 1L, "d3ffffffff7fffffff")]
    [InlineData(long.MinValue, "d38000000000000000")]
    public void WriteInteger_uses_the_smallest_form(long value, string expected)
    {
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteInteger(value)));
        if (value >= 0)
            Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteInteger((ulong)value)));
    }

    [Fact]
    public void WriteInteger_of_the_largest_integer_is_uint64() =>
        Assert.Equal("cfffffffffffffffff", Encoded.Hex((ref w) => w.WriteInteger(ulong.MaxValue)));

    [Fact]
    public void Floats_keep_their_width_and_are_nil_if_not_finite()
    {
        Assert.Equal("ca3dcccccd", Encoded.Hex((ref w) => w.WriteSingle(0.1f)));
        Assert.Equal("cb3fb999999999999a", Encoded.Hex((ref w) => w.WriteDouble(0.1)));
        Assert.Equal("cb3ff0000000000000", Encoded.Hex((ref w) => w.WriteDouble(1)));
        foreach (var value in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
        {
            Assert.Equal("c0", Encoded.Hex((ref w) => w.WriteDouble(value)));
            Assert.Equal("c0", Encoded.Hex((ref w) => w.WriteSingle((float)value)));
        }
    }

    [Theory]
    [InlineData(0, "a0")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void WriteString_uses_the_smallest_form(int length, string head)
    {
        var text = new string('x', length);
        var utf8 = Enumerable.Repeat((byte)'x', length).ToArray();
        var expected = head + Convert.ToHexStringLower(utf8);
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteString(text)));
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteUtf8(utf8)));
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteKey(text)));
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteKey(utf8)));
    }

    [Fact]
    public void WriteString_counts_bytes_and_repairs_text()
    {
        Assert.Equal("a3e282ac", Encoded.Hex((ref w) => w.WriteString("€")));
        Assert.Equal("a4f09f9880", Encoded.Hex((ref w) => w.WriteString("😀")));
        Assert.Equal("a461efbfbd", Encoded.Hex((ref w) => w.WriteString("a\ud800")));
        Assert.Equal("a461efbfbd", Encoded.Hex((ref w) => w.WriteUtf8([0x61, 0xed, 0xa0, 0x80])));
    }

    [Theory]
    [InlineData(0, "c400")]
    [InlineData(255, "c4ff")]
    [InlineData(256, "c50100")]
    [InlineData(65535, "c5ffff")]
    [InlineData(65536, "c600010000")]
    public void WriteBinary_uses_the_smallest_form(int length, string head) =>
        Assert.Equal(head + new string('0', length * 2), Encoded.Hex((ref w) => w.WriteBinary(new byte[length])));

    [Theory]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void BeginArray_and_BeginMap_use_the_smallest_form(int count, string array, string map)
    {
        Assert.Equal(array, Encoded.Hex((ref w) => w.BeginArray(count)));
        Assert.Equal(map, Encoded.Hex((ref w) => w.BeginMap(count)));
    }

    [Theory]
    [InlineData("1970-01-01T00:00:00.0000000", "d6ff00000000")]
    [InlineData("2106-02-07T06:28:15.0000000", "d6ffffffffff")]
    [InlineData("2106-02-07T06:28:16.0000000", "d7ff0000000100000000")]
    [InlineData("1970-01-01T00:00:00.0000001", "d7ff0000019000000000")]
    [InlineData("1970-01-01T00:00:01.9999999", "d7ffee6b267000000001")]
    [InlineData("2514-05-30T01:53:03.9990000", "d7ffee2e1f03ffffffff")]
    [InlineData("2514-05-30T01:53:04.0000000", "c70cff000000000000000400000000")]
    [InlineData("1969-12-31T23:59:59.9990000", "c70cff3b8b87c0ffffffffffffffff")]
    [InlineData("0001-01-01T00:00:00.0000000", "c70cff00000000fffffff1886e0900")]
    [InlineData("9999-12-31T23:59:59.9999999", "c70cff3b9ac99c0000003afff4417f")]
    public void WriteTimestamp_uses_the_smallest_form_and_is_read_again(string time, string expected)
    {
        var utc = DateTime.Parse(time, CultureInfo.InvariantCulture);
        Assert.Equal(expected, Encoded.Hex((ref w) => w.WriteTimestamp(utc)));
        Assert.Equal(utc, Encoded.FromHex(expected, (ref r) => r.ReadTimestamp()));
    }

    [Fact]
    public void Depth_of_128_is_accepted_and_129_rejected()
    {
        Assert.Equal(128, Encoded.MessagePack((ref w) => Nest(ref w, 128)).Length);
        Assert.Throws<EventSerializationException>(() => Encoded.MessagePack((ref w) => Nest(ref w, 129)));

        static void Nest(ref EventBus.Serialization.MessagePackValueWriter writer, int depth)
        {
            for (var i = 0; i < depth; i++)
                writer.BeginMap(1);
        }
    }

    [Fact]
    public void Depth_does_not_count_ended_collections() =>
        Assert.Equal(300, Encoded.MessagePack((ref w) =>
        {
            for (var i = 0; i < 150; i++)
            {
                w.BeginMap(0);
                w.EndMap();
                w.BeginArray(0);
                w.EndArray();
            }
        }).Length);
}
