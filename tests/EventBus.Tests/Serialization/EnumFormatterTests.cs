using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class EnumFormatterTests
{
    private enum Color
    {
        Red,
        Green = 1,
        Dark = -1,
    }

    private enum Small : sbyte
    {
        Least = sbyte.MinValue,
        Most = sbyte.MaxValue,
    }

    private enum Short : ushort
    {
        Most = ushort.MaxValue,
    }

    private enum Huge : ulong
    {
        Most = ulong.MaxValue,
    }

    private enum Long : long
    {
        Least = long.MinValue,
    }

    [Fact]
    public void Enums_are_numbers_of_any_width()
    {
        RoundTrip.Holds<Color, EnumNumberFormatter<Color>>(Color.Green, "1", "01");
        RoundTrip.Holds<Color, EnumNumberFormatter<Color>>(Color.Dark, "-1", "ff");
        RoundTrip.Holds<Color, EnumNumberFormatter<Color>>((Color)99, "99", "63");
        RoundTrip.Holds<Small, EnumNumberFormatter<Small>>(Small.Least, "-128", "d080");
        RoundTrip.Holds<Small, EnumNumberFormatter<Small>>(Small.Most, "127", "7f");
        RoundTrip.Holds<Short, EnumNumberFormatter<Short>>(Short.Most, "65535", "cdffff");
        RoundTrip.Holds<Huge, EnumNumberFormatter<Huge>>(Huge.Most, "18446744073709551615", "cfffffffffffffffff");
        RoundTrip.Holds<Long, EnumNumberFormatter<Long>>(Long.Least, "-9223372036854775808", "d38000000000000000");
    }

    [Fact]
    public void Names_are_written_if_requested_and_known()
    {
        RoundTrip.Holds<Color, EnumNameFormatter<Color>>(Color.Green, "\"Green\"", RoundTrip.Text("Green"));
        RoundTrip.Holds<Color, EnumNameFormatter<Color>>(Color.Dark, "\"Dark\"", RoundTrip.Text("Dark"));
        RoundTrip.Holds<Color, EnumNameFormatter<Color>>((Color)99, "99", "63");
        RoundTrip.Holds<Huge, EnumNameFormatter<Huge>>(Huge.Most, "\"Most\"", RoundTrip.Text("Most"));
    }

    [Fact]
    public void Names_and_numbers_are_read()
    {
        RoundTrip.Reads<Color, EnumNumberFormatter<Color>>(Color.Green, "\"Green\"", RoundTrip.Text("Green"));
        RoundTrip.Reads<Color, EnumNumberFormatter<Color>>(Color.Green, "\"green\"", RoundTrip.Text("green"));
        RoundTrip.Reads<Color, EnumNameFormatter<Color>>(Color.Green, "1", "01");
        RoundTrip.Reads<Color, EnumNameFormatter<Color>>(Color.Green, "1.0", "cb3ff0000000000000");
    }

    [Fact]
    public void Unknown_names_and_numbers_are_rejected()
    {
        RoundTrip.Refuses<Color, EnumNameFormatter<Color>>("\"Blue\"", RoundTrip.Text("Blue"), "The text is not a name of the enum Color.");
        RoundTrip.Refuses<Small, EnumNumberFormatter<Small>>("128", "cc80", "The number is not within the range of the enum Small.");
        RoundTrip.Refuses<Small, EnumNumberFormatter<Small>>("-129", "d1ff7f", "The number is not within the range of the enum Small.");
        RoundTrip.Refuses<Short, EnumNumberFormatter<Short>>(
            "65536", "ce00010000", "The number is not within the range of the enum Short.");
        RoundTrip.Refuses<Color, EnumNumberFormatter<Color>>(
            "2147483648", "ce80000000", "The number is not within the range of the enum Color.");
        RoundTrip.Refuses<Huge, EnumNumberFormatter<Huge>>("-1", "ff", "The number is not an integer between 0 and 2^64-1.");
    }
}
