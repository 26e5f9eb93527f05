using System.Globalization;

namespace EventBus.Serialization;

/// <summary>Points in time as ISO 8601 text.</summary>
internal static class TimestampText
{
    /// <summary>The length of the longest text.</summary>
    public const int MaxLength = 28;

    private const int FractionDigits = 7;

    /// <summary>
    /// Writes <c>yyyy-MM-ddTHH:mm:ss.fffZ</c> as JavaScript does, with 7 fractional digits if 3 are not enough; returns the number of
    /// bytes.
    /// </summary>
    public static int Format(DateTime utc, Span<byte> destination)
    {
        ReadOnlySpan<char> format = utc.Ticks % TimeSpan.TicksPerMillisecond == 0
            ? "yyyy-MM-ddTHH:mm:ss.fffZ"
            : "yyyy-MM-ddTHH:mm:ss.fffffffZ";
        utc.TryFormat(destination, out var length, format, CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>
    /// Reads <c>yyyy-MM-dd[THH:mm[:ss[.f…]][Z|±HH[[:]mm]]]</c>: any offset, UTC if there is none. Fractions are cut to 100 nanoseconds.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTime utc)
    {
        utc = default;
        if (!TryTakeDate(ref text, out var date))
            return false;
        var ticks = date.Ticks;
        if (!text.IsEmpty)
        {
            if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' '))
                return false;
            text = text[1..];
            if (!TryTakeTime(ref text, out var time) || !TryParseOffset(text, out var offset))
                return false;
            ticks += time - offset;
        }

        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTime(ticks, DateTimeKind.Utc);
        return true;
    }

    private static bool TryTakeDate(ref ReadOnlySpan<byte> text, out DateTime date)
    {
        date = default;
        if (!TryTakeNumber(ref text, 4, out var year) || !TryTake(ref text, '-')
            || !TryTakeNumber(ref text, 2, out var month) || !TryTake(ref text, '-')
            || !TryTakeNumber(ref text, 2, out var day))
            return false;
        if (year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month))
            return false;
        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc);
        return true;
    }

    private static bool TryTakeTime(ref ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (!TryTakeNumber(ref text, 2, out var hour) || !TryTake(ref text, ':') || !TryTakeNumber(ref text, 2, out var minute))
            return false;
        var second = 0;
        var fraction = 0;
        if (TryTake(ref text, ':'))
        {
            if (!TryTakeNumber(ref text, 2, out second))
                return false;
            if (TryTake(ref text, '.') && !TryTakeFraction(ref text, out fraction))
                return false;
        }

        ticks = new TimeSpan(hour, minute, second).Ticks + fraction;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool TryTakeFraction(ref ReadOnlySpan<byte> text, out int ticks)
    {
        ticks = 0;
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        for (var i = 0; i < FractionDigits; i++)
            ticks = (ticks * 10) + (i < digits.Length ? digits[i] - '0' : 0);
        return !digits.IsEmpty;
    }

    private static bool TryParseOffset(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text is [] or [(byte)'Z'] or [(byte)'z'])
            return true;
        var isWest = text[0] == '-';
        if (!isWest && text[0] != '+')
            return false;
        text = text[1..];
        if (!TryTakeNumber(ref text, 2, out var hours))
            return false;
        var minutes = 0;
        var hasMinutes = TryTake(ref text, ':') || !text.IsEmpty;
        if (hasMinutes && !TryTakeNumber(ref text, 2, out minutes))
            return false;
        ticks = new TimeSpan(hours, minutes, 0).Ticks * (isWest ? -1 : 1);
        return text.IsEmpty && hours < 24 && minutes < 60;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> text, char expected)
    {
        if (text.IsEmpty || text[0] != expected)
            return false;
        text = text[1..];
        return true;
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> text, int digits, out int value)
    {
        value = 0;
        if (text.Length < digits)
            return false;
        foreach (var digit in text[..digits])
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            value = (value * 10) + digit - '0';
        }

        text = text[digits..];
        return true;
    }
}
