using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class NumberTextFormatterTests
{
    [Fact]
    public void Integers_are_text_and_read_numbers_too()
    {
        Extremes<byte>();
        Extremes<sbyte>();
        Extremes<short>();
        Extremes<ushort>();
        Extremes<int>();
        Extremes<uint>();
        Extremes<long>();
        Extremes<ulong>();
        RoundTrip.Reads<int, IntegerTextFormatter<int>>(-5, "-5", "fb");
        RoundTrip.Reads<ulong, IntegerTextFormatter<ulong>>(ulong.MaxValue, "18446744073709551615", "cfffffffffffffffff");

        static void Extremes<T>()
            where T : struct, System.Numerics.IBinaryInteger<T>, System.Numerics.IMinMaxValue<T>
        {
            RoundTrip.Holds<T, IntegerTextFormatter<T>>(T.MinValue, $"\"{T.MinValue}\"", RoundTrip.Text($"{T.MinValue}"));
            RoundTrip.Holds<T, IntegerTextFormatter<T>>(T.MaxValue, $"\"{T.MaxValue}\"", RoundTrip.Text($"{T.MaxValue}"));
        }
    }

    [Theory]
    [InlineData("256", "The number is not an integer between 0 and 255.")]
    [InlineData("-1", "The number is not an integer between 0 and 255.")]
    [InlineData("1.5", "The text is not an integer.")]
    [InlineData("", "The text is not an integer.")]
    [InlineData("0x10", "The text is not an integer.")]
    [InlineData(" 1", "The text is not an integer.")]
    public void Integers_reject_other_text(string text, string message) =>
        RoundTrip.Refuses<byte, IntegerTextFormatter<byte>>($"\"{text}\"", RoundTrip.Text(text), message);

    [Fact]
    public void Floats_are_text_and_read_numbers_too()
    {
        Holds<double, DoubleFormatter>(0.1, "0.1");
        Holds<double, DoubleFormatter>(1e21, "1e+21");
        Holds<double, DoubleFormatter>(double.NegativeInfinity, "-Infinity");
        Holds<double, DoubleFormatter>(double.NaN, "NaN");
        Holds<float, SingleFormatter>(0.1f, "0.1");
        Holds<float, SingleFormatter>(float.PositiveInfinity, "Infinity");
        Holds<Half, HalfFormatter>((Half)0.1, "0.099975586");
        Holds<Half, HalfFormatter>(Half.NaN, "NaN");
        RoundTrip.Reads<double, RealTextFormatter<double, DoubleFormatter>>(0.1, "0.1", "cb3fb999999999999a");
        RoundTrip.Reads<double, RealTextFormatter<double, DoubleFormatter>>(double.NaN, "null", "c0");

        static void Holds<T, TNumber>(T value, string text)
            where T : struct, System.Numerics.IFloatingPointIeee754<T>
            where TNumber : struct, IFormatter<T>
            => RoundTrip.Holds<T, RealTextFormatter<T, TNumber>>(value, $"\"{text}\"", RoundTrip.Text(text));
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("one")]
    [InlineData("1,5")]
    [InlineData("")]
    public void Floats_reject_other_text(string text) => RoundTrip.Refuses<double, RealTextFormatter<double, DoubleFormatter>>(
        $"\"{text}\"", RoundTrip.Text(text), "The text is not a number within the range of the type Double.");

    [Fact]
    public void Lenient_numbers_are_written_as_numbers()
    {
        RoundTrip.Holds<int, NumberOrTextFormatter<int, Int32Formatter, IntegerTextFormatter<int>>>(7, "7", "07");
        RoundTrip.Reads<int, NumberOrTextFormatter<int, Int32Formatter, IntegerTextFormatter<int>>>(7, "\"7\"", RoundTrip.Text("7"));
    }
}
