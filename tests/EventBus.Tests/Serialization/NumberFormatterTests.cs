using System.Globalization;
using System.Numerics;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class NumberFormatterTests
{
    [Fact]
    public void Boolean_is_true_or_false()
    {
        RoundTrip.Holds<bool, BooleanFormatter>(true, "true", "c3");
        RoundTrip.Holds<bool, BooleanFormatter>(false, "false", "c2");
        RoundTrip.Refuses<bool, BooleanFormatter>("1", "01", "Expected a boolean, found a number.");
        RoundTrip.Refuses<bool, BooleanFormatter>("null", "c0", "Expected a boolean, found null.");
    }

    [Fact]
    public void Integers_outside_their_type_are_rejected()
    {
        Bounds<byte, ByteFormatter>("-1", "ff", "256", "cd0100");
        Bounds<sbyte, SByteFormatter>("-129", "d1ff7f", "128", "cc80");
        Bounds<short, Int16Formatter>("-32769", "d2ffff7fff", "32768", "cd8000");
        Bounds<ushort, UInt16Formatter>("-1", "ff", "65536", "ce00010000");
        Bounds<int, Int32Formatter>("-2147483649", "d3ffffffff7fffffff", "2147483648", "ce80000000");
        Bounds<uint, UInt32Formatter>("-1", "ff", "4294967296", "cf0000000100000000");

        static void Bounds<T, TFormatter>(string below, string belowHex, string above, string aboveHex)
            where T : struct, IMinMaxValue<T>, IBinaryInteger<T>
            where TFormatter : struct, IFormatter<T>
        {
            Bound<T, TFormatter>(T.MinValue);
            Bound<T, TFormatter>(T.MaxValue);
            var message = $"The number is not an integer between {T.MinValue} and {T.MaxValue}.";
            RoundTrip.Refuses<T, TFormatter>(below, belowHex, message);
            RoundTrip.Refuses<T, TFormatter>(above, aboveHex, message);
            RoundTrip.Reads<T, TFormatter>(T.CreateChecked(7), "7.0", "cb401c000000000000");
            RoundTrip.Refuses<T, TFormatter>("null", "c0", "Expected an integer, found null.");
            RoundTrip.Refuses<T, TFormatter>("\"7\"", "a137", "Expected an integer, found text.");
        }

        static void Bound<T, TFormatter>(T value)
            where T : struct, IBinaryInteger<T>
            where TFormatter : struct, IFormatter<T>
        {
            var number = long.CreateChecked(value);
            RoundTrip.Holds<T, TFormatter>(
                value, number.ToString(CultureInfo.InvariantCulture), Encoded.Hex((ref w) => w.WriteInteger(number)));
        }
    }

    [Fact]
    public void Integers_of_64_bits_are_exact()
    {
        RoundTrip.Holds<long, Int64Formatter>(long.MinValue, "-9223372036854775808", "d38000000000000000");
        RoundTrip.Holds<long, Int64Formatter>(long.MaxValue, "9223372036854775807", "cf7fffffffffffffff");
        RoundTrip.Holds<ulong, UInt64Formatter>(ulong.MaxValue, "18446744073709551615", "cfffffffffffffffff");
        RoundTrip.Refuses<long, Int64Formatter>(
            "9223372036854775808", "cf8000000000000000", "The number is not an integer between -2^63 and 2^63-1.");
        RoundTrip.Refuses<ulong, UInt64Formatter>("-1", "ff", "The number is not an integer between 0 and 2^64-1.");
    }

    [Fact]
    public void Larger_integers_are_text_and_read_numbers_too()
    {
        Large<Int128, Int128Formatter>(Int128.MinValue);
        Large<Int128, Int128Formatter>(Int128.MaxValue);
        Large<UInt128, UInt128Formatter>(UInt128.MaxValue);
        Large<BigInteger, BigIntegerFormatter>(BigInteger.Pow(-3, 1001));
        RoundTrip.Reads<Int128, Int128Formatter>(-5, "-5", "fb");
        RoundTrip.Reads<UInt128, UInt128Formatter>(ulong.MaxValue, "18446744073709551615", "cfffffffffffffffff");
        RoundTrip.Reads<BigInteger, BigIntegerFormatter>(BigInteger.Pow(10, 23), "1e+23", "cb44b52d02c7e14af6");
        RoundTrip.Refuses<UInt128, UInt128Formatter>("-1", "ff", $"The number is not an integer between 0 and {UInt128.MaxValue}.");
        RoundTrip.Refuses<BigInteger, BigIntegerFormatter>("1.5", "cb3ff8000000000000", "The number is not an integer.");
        RoundTrip.Refuses<BigInteger, BigIntegerFormatter>("\"ten\"", "a374656e", "The number is not an integer.");
        RoundTrip.RefusesToWrite<BigInteger, BigIntegerFormatter>(BigInteger.Pow(10, 10_000));

        static void Large<T, TFormatter>(T value)
            where T : IFormattable
            where TFormatter : struct, IFormatter<T>
        {
            var text = value.ToString(null, CultureInfo.InvariantCulture);
            RoundTrip.Holds<T, TFormatter>(value, $"\"{text}\"", RoundTrip.Text(text));
        }
    }

    [Fact]
    public void Decimals_are_text_with_all_digits_and_read_numbers_too()
    {
        RoundTrip.Holds<decimal, DecimalFormatter>(12.50m, "\"12.50\"", RoundTrip.Text("12.50"));
        RoundTrip.Holds<decimal, DecimalFormatter>(
            decimal.MinValue, "\"-79228162514264337593543950335\"", RoundTrip.Text("-79228162514264337593543950335"));
        RoundTrip.Holds<decimal, DecimalFormatter>(
            0.0000000000000000000000000001m, "\"0.0000000000000000000000000001\"", RoundTrip.Text("0.0000000000000000000000000001"));
        RoundTrip.Reads<decimal, DecimalFormatter>(0.1m, "0.1", "cb3fb999999999999a");
        RoundTrip.Reads<decimal, DecimalFormatter>(0.1m, "0.1", "ca3dcccccd");
        RoundTrip.Reads<decimal, DecimalFormatter>(0.30000000000000004m, "0.30000000000000004", "cb3fd3333333333334");
        RoundTrip.Reads<decimal, DecimalFormatter>(-7m, "-7", "f9");
        RoundTrip.Refuses<decimal, DecimalFormatter>("1e300", "cb7e37e43c8800759c", "The number is not one that a decimal holds exactly.");
        RoundTrip.Refuses<decimal, DecimalFormatter>("5e-324", "cb0000000000000001", "The number is not one that a decimal holds exactly.");
        RoundTrip.Refuses<decimal, DecimalFormatter>("true", "c3", "Expected a number, or text with one, found a boolean.");
    }

    [Fact]
    public void Floats_of_all_widths_read_back()
    {
        RoundTrip.Holds<double, DoubleFormatter>(0.1, "0.1", "cb3fb999999999999a");
        RoundTrip.Holds<float, SingleFormatter>(0.1f, "0.1", "ca3dcccccd");
        RoundTrip.Holds<Half, HalfFormatter>((Half)0.1, "0.099975586", "ca3dccc000");
        RoundTrip.Holds<Half, HalfFormatter>(Half.MaxValue, "65504", "ca477fe000");
        RoundTrip.Holds<double, DoubleFormatter>(double.NaN, "null", "c0");
        RoundTrip.Holds<float, SingleFormatter>(float.NaN, "null", "c0");
        RoundTrip.Holds<Half, HalfFormatter>(Half.NaN, "null", "c0");
        RoundTrip.Reads<double, DoubleFormatter>(3, "3", "03");
        RoundTrip.Reads<float, SingleFormatter>(3, "3", "03");
        RoundTrip.Reads<double, DoubleFormatter>(0.1, "0.1", "ca3dcccccd");
        RoundTrip.Reads<float, SingleFormatter>(0.1f, "0.1", "cb3fb999999999999a");
        RoundTrip.Refuses<float, SingleFormatter>("1e39", "cb48078287f49c4a1d", "The number is not within the range of a single.");
        RoundTrip.Refuses<Half, HalfFormatter>("65520", "cdfff0", "The number is not within the range of a half.");
        Assert.Equal("null", Encoded.Json((ref w) => default(DoubleFormatter).Write(ref w, double.NegativeInfinity)));
        Assert.Equal(double.PositiveInfinity, Encoded.FromHex("cb7ff0000000000000", (ref r) => default(DoubleFormatter).Read(ref r)));
        Assert.Equal(Half.PositiveInfinity, Encoded.FromHex("cb7ff0000000000000", (ref r) => default(HalfFormatter).Read(ref r)));
    }

    [Fact]
    public void Half_reads_back_for_every_value()
    {
        for (var bits = 0; bits <= ushort.MaxValue; bits++)
        {
            var value = BitConverter.UInt16BitsToHalf((ushort)bits);
            if (!Half.IsFinite(value))
                continue;
            Assert.Equal(
                value, Encoded.FromJson(Encoded.JsonBytes((ref w) => default(HalfFormatter).Write(ref w, value)),
                (ref r) => default(HalfFormatter).Read(ref r)));
        }
    }
}
