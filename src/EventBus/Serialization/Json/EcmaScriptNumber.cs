using System.Globalization;

namespace EventBus.Serialization;

/// <summary>
/// Prints numbers as ECMAScript's <c>Number::toString</c>, so that JSON is the same as that of a JavaScript peer. Only −0 keeps its sign,
/// which <c>JSON.parse</c> reads, because MessagePack keeps it too.
/// </summary>
internal static class EcmaScriptNumber
{
    /// <summary>
    /// The length of the longest text: <c>-1.2345678901234567e-308</c> and <c>-0.0000012345678901234567</c> have 24 and 25 bytes.
    /// </summary>
    public const int MaxLength = 32;

    private const double MaxSafeInteger = 9007199254740991;
    private const ulong MantissaBits = (1UL << 52) - 1;

    // From this number on, ECMAScript writes an exponent.
    private const int MaxPlainDigits = 21;
    private const int MaxLeadingZeros = 6;

    /// <summary>Writes a finite number; returns the number of bytes.</summary>
    public static int Format(double value, Span<byte> destination)
    {
        if (Math.Abs(value) <= MaxSafeInteger && Math.Truncate(value) == value)
            return value == 0 ? FormatZero(double.IsNegative(value), destination) : FormatInteger((long)value, destination);

        Span<byte> shortest = stackalloc byte[MaxLength];
        value.TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture);
        if (IsPowerOfTwo(value) && double.Parse(shortest[..length], CultureInfo.InvariantCulture) != value)
            value.TryFormat(shortest, out length, "E16", CultureInfo.InvariantCulture);
        return LayOut(shortest[..length], destination);
    }

    /// <summary>Writes the shortest text that reads back as the same single; returns the number of bytes.</summary>
    public static int Format(float value, Span<byte> destination)
    {
        Span<byte> shortest = stackalloc byte[MaxLength];
        value.TryFormat(shortest, out var length, default, CultureInfo.InvariantCulture);
        return LayOut(shortest[..length], destination);
    }

    // The gap below a power of two is half the gap above it. .NET 10 misses that for 2^-25 and 2^-958, and prints one digit too few.
    private static bool IsPowerOfTwo(double value) => (BitConverter.DoubleToUInt64Bits(value) & MantissaBits) == 0;

    private static int FormatInteger(long value, Span<byte> destination)
    {
        value.TryFormat(destination, out var length, default, CultureInfo.InvariantCulture);
        return length;
    }

    private static int FormatZero(bool isNegative, Span<byte> destination)
    {
        var text = isNegative ? "-0"u8 : "0"u8;
        text.CopyTo(destination);
        return text.Length;
    }

    // .NET finds the same digits, but places the point and the exponent differently: 1E+16, 1E-05.
    private static int LayOut(ReadOnlySpan<byte> shortest, Span<byte> destination)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var (isNegative, count, point) = Take(shortest, digits);
        digits = digits[..count];
        if (count == 0)
            return FormatZero(isNegative, destination);
        var length = 0;
        if (isNegative)
            destination[length++] = (byte)'-';

        if (point is > 0 and <= MaxPlainDigits)
        {
            var whole = Math.Min(count, point);
            length = Append(digits[..whole], destination, length);
            length = AppendZeros(point - whole, destination, length);
            return whole == count ? length : AppendFraction(digits[whole..], destination, length);
        }

        if (point is <= 0 and > -MaxLeadingZeros)
        {
            "0."u8.CopyTo(destination[length..]);
            length = AppendZeros(-point, destination, length + 2);
            return Append(digits, destination, length);
        }

        destination[length++] = digits[0];
        if (count > 1)
            length = AppendFraction(digits[1..], destination, length);
        destination[length++] = (byte)'e';
        destination[length++] = point > 0 ? (byte)'+' : (byte)'-';
        Math.Abs(point - 1).TryFormat(destination[length..], out var exponentLength, default, CultureInfo.InvariantCulture);
        return length + exponentLength;
    }

    /// <summary>Reads the significant digits; the value is 0.digits times ten to the power of <c>Point</c>.</summary>
    private static (bool IsNegative, int Count, int Point) Take(ReadOnlySpan<byte> shortest, Span<byte> digits)
    {
        var isNegative = shortest[0] == '-';
        var mantissa = shortest[(isNegative ? 1 : 0)..];
        var exponent = 0;
        if (mantissa.IndexOf((byte)'E') is >= 0 and var e)
        {
            exponent = int.Parse(mantissa[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            mantissa = mantissa[..e];
        }

        var point = mantissa.IndexOf((byte)'.') is >= 0 and var found ? found : mantissa.Length;
        var count = 0;
        var leadingZeros = 0;
        foreach (var character in mantissa)
        {
            if (character == '.')
                continue;
            if (count == 0 && character == '0')
                leadingZeros++;
            else
                digits[count++] = character;
        }

        while (count > 0 && digits[count - 1] == '0')
            count--;
        return (isNegative, count, point - leadingZeros + exponent);
    }

    private static int AppendFraction(ReadOnlySpan<byte> digits, Span<byte> destination, int length)
    {
        destination[length] = (byte)'.';
        return Append(digits, destination, length + 1);
    }

    private static int Append(ReadOnlySpan<byte> digits, Span<byte> destination, int length)
    {
        digits.CopyTo(destination[length..]);
        return length + digits.Length;
    }

    private static int AppendZeros(int count, Span<byte> destination, int length)
    {
        destination.Slice(length, count).Fill((byte)'0');
        return length + count;
    }
}
