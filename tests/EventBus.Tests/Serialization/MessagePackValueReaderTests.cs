using System.Text;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class MessagePackValueReaderTests
{
    [Theory]
    [InlineData("00", 0)]
    [InlineData("7f", 127)]
    [InlineData("e0", -32)]
    [InlineData("ff", -1)]
    [InlineData("cc80", 128)]
    [InlineData("cc00", 0)]
    [InlineData("cdffff", 65535)]
    [InlineData("ceffffffff", 4294967295)]
    [InlineData("cf7fffffffffffffff", long.MaxValue)]
    [InlineData("d080", -128)]
    [InlineData("d07f", 127)]
    [InlineData("d18000", -32768)]
    [InlineData("d280000000", int.MinValue)]
    [InlineData("d38000000000000000", long.MinValue)]
    [InlineData("ca3f800000", 1)]
    [InlineData("cbbff0000000000000", -1)]
    [InlineData("cb4340000000000000", 9007199254740992)]
    [InlineData("cb43b0000000000000", 1152921504606847000)]
    public void ReadInt64_accepts_every_form(string hex, long expected) =>
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => r.ReadInt64()));

    [Theory]
    [InlineData("cf8000000000000000")]
    [InlineData("cb43e0000000000000")]
    [InlineData("cb3ff8000000000000")]
    [InlineData("cb7ff8000000000000")]
    [InlineData("cb7ff0000000000000")]
    [InlineData("c0")]
    [InlineData("a131")]
    [InlineData("c1")]
    public void ReadInt64_rejects_other_values(string hex)
    {
        var exception = Assert.Throws<EventSerializationException>(() => Encoded.FromHex(hex, (ref r) => r.ReadInt64()));
        Assert.Equal(0, exception.Position);
    }

    [Fact]
    public void ReadUInt64_reads_values_above_Int64()
    {
        Assert.Equal(ulong.MaxValue, Encoded.FromHex("cfffffffffffffffff", (ref r) => r.ReadUInt64()));
        Assert.Equal(9223372036854776000ul, Encoded.FromHex("cb43e0000000000000", (ref r) => r.ReadUInt64()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromHex("ff", (ref r) => r.ReadUInt64()));
        Assert.Throws<EventSerializationException>(() => Encoded.FromHex("cb43f0000000000000", (ref r) => r.ReadUInt64()));
    }

    [Theory]
    [InlineData("a0", "")]
    [InlineData("a3e282ac", "€")]
    [InlineData("d901" + "61", "a")]
    [InlineData("da0001" + "61", "a")]
    [InlineData("db00000001" + "61", "a")]
    [InlineData("a3eda080", "\ufffd")]
    [InlineData("a4edb08061", "\ufffda")]
    [InlineData("a6eda080edb080", "\ufffd\ufffd")]
    [InlineData("a461ff80e2", "a\ufffd\ufffd\ufffd")]
    public void ReadString_accepts_every_form_and_repairs_it(string hex, string expected)
    {
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => r.ReadString()));
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => Encoding.UTF8.GetString(r.ReadUtf8())));
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => Encoding.UTF8.GetString(r.ReadKey())));
    }

    [Theory]
    [InlineData("c400", "")]
    [InlineData("c402" + "0102", "0102")]
    [InlineData("c50002" + "0102", "0102")]
    [InlineData("c600000002" + "0102", "0102")]
    public void ReadBinary_accepts_every_form(string hex, string expected) =>
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => Convert.ToHexStringLower(r.ReadBinary())));

    [Theory]
    [InlineData("90", 0)]
    [InlineData("92" + "0102", 2)]
    [InlineData("dc0002" + "0102", 2)]
    [InlineData("dd00000002" + "0102", 2)]
    public void BeginArray_accepts_every_form(string hex, int expected)
    {
        var count = Encoded.FromHex(hex, (ref r) =>
        {
            var cursor = r.BeginArray();
            var found = 0;
            while (r.MoveNext(ref cursor))
                Assert.Equal(++found, r.ReadInt64());
            Assert.True(cursor.Ended);
            return found;
        });
        Assert.Equal(expected, count);
        Assert.True(Encoded.FromHex(hex, SkipWhole));
    }

    [Theory]
    [InlineData("80", 0)]
    [InlineData("81" + "a16101", 1)]
    [InlineData("de0001" + "a16101", 1)]
    [InlineData("df00000001" + "a16101", 1)]
    public void BeginMap_accepts_every_form(string hex, int expected)
    {
        var count = Encoded.FromHex(hex, (ref r) =>
        {
            var cursor = r.BeginMap();
            var found = 0;
            while (r.MoveNext(ref cursor))
            {
                Assert.Equal("a"u8, r.ReadKey());
                Assert.Equal(++found, r.ReadInt64());
            }

            return found;
        });
        Assert.Equal(expected, count);
        Assert.True(Encoded.FromHex(hex, SkipWhole));
    }

    [Theory]
    [InlineData("d401" + "00")]
    [InlineData("d501" + "0000")]
    [InlineData("d601" + "00000000")]
    [InlineData("d701" + "0000000000000000")]
    [InlineData("d801" + "00000000000000000000000000000000")]
    [InlineData("c70001")]
    [InlineData("c70301" + "000000")]
    [InlineData("c8000301" + "000000")]
    [InlineData("c90000000301" + "000000")]
    public void Skip_accepts_every_form_of_extension(string hex)
    {
        Assert.Equal(ValueKind.Extension, Encoded.FromHex(hex, (ref r) =>
        {
            var kind = r.Kind;
            r.Skip();
            return kind;
        }));
        Assert.Throws<EventSerializationException>(() => Encoded.FromHex(hex, (ref r) => r.ReadBinary().Length));
    }

    [Theory]
    [InlineData("d6ff" + "00000000", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("c704ff" + "ffffffff", "2106-02-07T06:28:15.0000000Z")]
    [InlineData("d7ff" + "0000000400000000", "1970-01-01T00:00:00.0000000Z")]
    [InlineData("d7ff" + "ee6b27fc00000001", "1970-01-01T00:00:01.9999999Z")]
    [InlineData("c70cff" + "00000000" + "fffffff1886e0900", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("c8000cff" + "3b9ac9ff" + "0000003afff4417f", "9999-12-31T23:59:59.9999999Z")]
    public void ReadTimestamp_accepts_every_form(string hex, string expected) =>
        Assert.Equal(expected, Encoded.FromHex(hex, (ref r) => r.ReadTimestamp()).ToString("o"));

    private static bool SkipWhole(ref MessagePackValueReader reader)
    {
        reader.Skip();
        return true;
    }
}
