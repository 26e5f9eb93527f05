using System.Globalization;

namespace EventBus.Serialization;

/// <summary>Converts a number as if it were read from its JSON text, so that the encoding makes no difference.</summary>
internal static class NumberText
{
    // Up to this number, the text of a single with no fraction has all its digits.
    private const float MaxExactSingle = 16777216;

    private const long MaxExactDouble = 9007199254740992;

    // Only doubles that end in this many zero bits are in the middle between two singles.
    private const ulong BitsBelowHalfSingle = (1UL << 28) - 1;

    /// <summary>The double nearest to the single's text: 0.1 for 0.1, and not 0.10000000149011612.</summary>
    public static double ToDouble(float value)
    {
        if (!float.IsFinite(value) || (float.IsInteger(value) && Math.Abs(value) <= MaxExactSingle))
            return value;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return double.Parse(text[..EcmaScriptNumber.Format(value, text)], CultureInfo.InvariantCulture);
    }

    /// <summary>The single nearest to the double's text, which may be closer to another single than the double itself.</summary>
    public static float ToSingle(double value)
    {
        if (!double.IsFinite(value) || (BitConverter.DoubleToUInt64Bits(value) & BitsBelowHalfSingle) != 0)
            return (float)value;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return float.Parse(text[..EcmaScriptNumber.Format(value, text)], CultureInfo.InvariantCulture);
    }

    /// <summary>The single nearest to an integer of 64 bits, rounded once.</summary>
    public static float ToSingle(Int128 value)
    {
        if (Int128.Abs(value) <= MaxExactDouble)
            return (float)(double)value;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return float.Parse(text[..length], CultureInfo.InvariantCulture);
    }
}
