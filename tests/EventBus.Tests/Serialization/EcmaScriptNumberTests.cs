using System.Globalization;
using System.Text;
using EventBus.Serialization;
using EventBus.Tests.Serialization.Independent;

namespace EventBus.Tests.Serialization;

public class EcmaScriptNumberTests
{
    private const int RandomNumbers = 100_000;

    [Theory]
    [InlineData(0d, "0")]
    [InlineData(1d, "1")]
    [InlineData(-1.5, "-1.5")]
    [InlineData(0.1, "0.1")]
    [InlineData(0.1 + 0.2, "0.30000000000000004")]
    [InlineData(100d, "100")]
    [InlineData(1e15, "1000000000000000")]
    [InlineData(123456789012345680000d, "123456789012345680000")]
    [InlineData(1e20, "100000000000000000000")]
    [InlineData(999999999999999900000d, "999999999999999900000")]
    [InlineData(1e21, "1e+21")]
    [InlineData(-1.25e21, "-1.25e+21")]
    [InlineData(1e-5, "0.00001")]
    [InlineData(1e-6, "0.000001")]
    [InlineData(1.5e-6, "0.0000015")]
    [InlineData(1e-7, "1e-7")]
    [InlineData(-1.25e-7, "-1.25e-7")]
    [InlineData(123456.789e-10, "0.0000123456789")]
    [InlineData(9007199254740991d, "9007199254740991")]
    [InlineData(9007199254740992d, "9007199254740992")]
    [InlineData(1152921504606846976d, "1152921504606847000")]
    [InlineData(5e-324, "5e-324")]
    [InlineData(2.2250738585072014e-308, "2.2250738585072014e-308")]
    [InlineData(double.MaxValue, "1.7976931348623157e+308")]
    [InlineData(5.684341886080802e-14, "5.684341886080802e-14")]
    [InlineData(1.0 / (1 << 25), "2.9802322387695312e-8")]
    public void Format_of_doubles_is_that_of_ECMAScript(double value, string expected)
    {
        Assert.Equal(expected, Print(value));
        Assert.Equal(expected, Encoded.Json((ref w) => w.WriteDouble(value)));
    }

    [Theory]
    [InlineData(0f, "0")]
    [InlineData(0.1f, "0.1")]
    [InlineData(16777216f, "16777216")]
    [InlineData(3.4028235e38f, "3.4028235e+38")]
    [InlineData(1e-45f, "1e-45")]
    [InlineData(1e21f, "1e+21")]
    [InlineData(1e20f, "100000000000000000000")]
    [InlineData(1.5e-7f, "1.5e-7")]
    public void Format_of_singles_is_the_shortest(float value, string expected) =>
        Assert.Equal(expected, Encoded.Json((ref w) => w.WriteSingle(value)));

    [Fact]
    public void Format_of_negative_zero_keeps_its_sign()
    {
        Assert.Equal("0", Encoded.Json((ref w) => w.WriteDouble(0d)));
        Assert.Equal("-0", Encoded.Json((ref w) => w.WriteDouble(-0d)));
        Assert.Equal("-0", Encoded.Json((ref w) => w.WriteSingle(-0f)));
    }

    [Fact]
    public void Negative_zero_does_not_depend_on_the_form()
    {
        RoundTrip.Holds<double, DoubleFormatter>(-0d, "-0", "cb8000000000000000");
        RoundTrip.Holds<float, SingleFormatter>(-0f, "-0", "ca80000000");
        RoundTrip.Holds<Half, HalfFormatter>((Half)(-0f), "-0", "ca80000000");
        Assert.True(double.IsNegative(Encoded.FromJson("-0", (ref r) => r.ReadDouble())));
        Assert.True(double.IsNegative(Encoded.FromHex("cb8000000000000000", (ref r) => r.ReadDouble())));
        Assert.True(float.IsNegative(Encoded.FromJson("-0", (ref r) => r.ReadSingle())));
    }

    [Fact]
    public async Task Format_of_doubles_is_that_of_Node()
    {
        var random = new Random(20_260_101);
        var values = Enumerable.Range(0, RandomNumbers).Select(_ => Any(random))
            .Concat(Enumerable.Range(0, RandomNumbers).Select(_ => Math.Round(random.NextDouble() * 1e6) / 1000))
            .Concat(Enumerable.Range(-1074, 2098).Select(exponent => Math.Pow(2, exponent)))
            .Concat(Enumerable.Range(-323, 632).Select(exponent => double.Parse($"1e{exponent}", CultureInfo.InvariantCulture)))
            .ToArray();

        var texts = await IndependentProgram.AskNodeAsync("print", values.Select(value => Convert.ToHexStringLower(BigEndian(value))));

        for (var i = 0; i < values.Length; i++)
            Assert.Equal(texts[i], Print(values[i]));
    }

    [Fact]
    public async Task Node_reads_singles_back()
    {
        var random = new Random(20_260_102);
        var values = Enumerable.Range(0, RandomNumbers).Select(_ => AnySingle(random)).ToArray();

        var bits = await IndependentProgram.AskNodeAsync("single", values.Select(value => Encoded.Json((ref w) => w.WriteSingle(value))));

        Assert.Equal(values.Select(value => BitConverter.SingleToUInt32Bits(value).ToString("x8", CultureInfo.InvariantCulture)), bits);
    }

    [Fact]
    public void Singles_read_back_in_both_encodings()
    {
        var random = new Random(20_260_103);
        for (var i = 0; i < RandomNumbers; i++)
        {
            var value = AnySingle(random);
            Assert.Equal(value, Encoded.FromJson(Encoded.JsonBytes((ref w) => w.WriteSingle(value)), (ref r) => r.ReadSingle()));
            Assert.Equal(value, Encoded.FromMessagePack(Encoded.MessagePack((ref w) => w.WriteSingle(value)), (ref r) => r.ReadSingle()));
        }
    }

    [Fact]
    public void Number_read_as_another_type_does_not_depend_on_encoding()
    {
        var random = new Random(20_260_104);
        for (var i = 0; i < RandomNumbers; i++)
        {
            var single = AnySingle(random);
            Assert.Equal(
                Encoded.FromJson(Encoded.JsonBytes((ref w) => w.WriteSingle(single)), (ref r) => r.ReadDouble()),
                Encoded.FromMessagePack(Encoded.MessagePack((ref w) => w.WriteSingle(single)), (ref r) => r.ReadDouble()));

            // Doubles around the middle between two singles are the hard ones.
            var middle = ((double)single + MathF.BitIncrement(single)) / 2;
            var value = i % 3 == 0 ? middle : i % 3 == 1 ? Math.BitIncrement(middle) : Math.BitDecrement(middle);
            if (float.IsInfinity((float)value))
                continue;
            Assert.Equal(
                Encoded.FromJson(Encoded.JsonBytes((ref w) => w.WriteDouble(value)), (ref r) => r.ReadSingle()),
                Encoded.FromMessagePack(Encoded.MessagePack((ref w) => w.WriteDouble(value)), (ref r) => r.ReadSingle()));
        }
    }

    [Fact]
    public void Integer_read_as_float_does_not_depend_on_encoding()
    {
        var random = new Random(20_260_106);
        for (var i = 0; i < RandomNumbers; i++)
        {
            // The middle between two singles and its neighbours, which a double does not tell apart.
            var middle = ((random.NextInt64(1L << 23, 1L << 24) * 2) + 1) << 38;
            var value = middle + random.Next(-2, 3);
            var json = Encoded.JsonBytes((ref w) => w.WriteInteger(value));
            var messagePack = Encoded.MessagePack((ref w) => w.WriteInteger(value));
            Assert.Equal(
                Encoded.FromJson(json, (ref r) => r.ReadSingle()), Encoded.FromMessagePack(messagePack, (ref r) => r.ReadSingle()));
            Assert.Equal(
                Encoded.FromJson(json, (ref r) => r.ReadDouble()), Encoded.FromMessagePack(messagePack, (ref r) => r.ReadDouble()));
        }
    }

    private static string Print(double value)
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return Encoding.ASCII.GetString(text[..EcmaScriptNumber.Format(value, text)]);
    }

    private static double Any(Random random)
    {
        while (true)
        {
            var value = BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue));
            if (double.IsFinite(value))
                return value;
        }
    }

    private static float AnySingle(Random random)
    {
        while (true)
        {
            var value = BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue));
            if (float.IsFinite(value))
                return value;
        }
    }

    private static byte[] BigEndian(double value)
    {
        var bytes = new byte[sizeof(double)];
        System.Buffers.Binary.BinaryPrimitives.WriteDoubleBigEndian(bytes, value);
        return bytes;
    }
}
