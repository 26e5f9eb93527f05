using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>A number from its text without rounding: <c>±mantissa × 10^exponent</c>. The mantissa does not end in zero.</summary>
internal readonly record struct ExactNumber
{
    private const int MaxMantissaDigits = 38;
    private const int MaxExponent = 1_000_000_000;
    private const int MaxDecimalScale = 28;
    private static readonly UInt128 MaxDecimalMantissa = (UInt128.One << 96) - 1;

    private readonly bool _isNegative;
    private readonly UInt128 _mantissa;
    private readonly int _exponent;

    private ExactNumber(bool isNegative, UInt128 mantissa, int exponent)
    {
        _isNegative = isNegative;
        _mantissa = mantissa;
        _exponent = exponent;
    }

    /// <summary>Reads text like <c>-12</c>, <c>1.0</c> or <c>1e3</c> as an integer.</summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out Int128 value)
    {
        value = default;
        return TryParse(text, out var number) && number.TryGetInteger(out value);
    }

    /// <summary>
    /// Reads text like <c>-12</c>, <c>1.0</c> or <c>1e3</c> as an integer of up to <see cref="SerializationLimits.MaxIntegerDigits"/>
    /// digits.
    /// </summary>
    public static bool TryParseInteger(ReadOnlySpan<byte> text, out BigInteger value)
    {
        if (TryParse(text, out var number))
        {
            var isInteger = number._exponent is >= 0 and <= SerializationLimits.MaxIntegerDigits;
            value = isInteger ? BigInteger.Pow(10, number._exponent) * number._mantissa * (number._isNegative ? -1 : 1) : default;
            return isInteger;
        }

        value = default;
        if (text.Length > SerializationLimits.MaxIntegerDigits + 1)
            return false;
        Span<char> characters = stackalloc char[text.Length];
        for (var i = 0; i < text.Length; i++)
            characters[i] = (char)text[i];
        return BigInteger.TryParse(characters, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads text like <c>-12.50</c> or <c>1e3</c> as a decimal; false also if a decimal cannot hold it exactly.</summary>
    public static bool TryParseDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = default;
        return TryParse(text, out var number)
            && number.FitsDecimal
            && decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out value);
    }

    /// <summary>
    /// Reads text like <c>-12.50</c> or <c>1e3</c> as a double; false also if the double is another number both in its shortest text and in
    /// 17 significant digits, which other programs print.
    /// </summary>
    public static bool TryParseDouble(ReadOnlySpan<byte> text, out double value)
    {
        value = default;
        if (!TryParse(text, out var number)
            || !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            || !double.IsFinite(value))
            return false;
        Span<byte> written = stackalloc byte[EcmaScriptNumber.MaxLength];
        if (TryParse(written[..EcmaScriptNumber.Format(value, written)], out var shortest) && shortest.Equals(number))
            return true;
        value.TryFormat(written, out var length, "E16", CultureInfo.InvariantCulture);
        return TryParse(written[..length], out var of17Digits) && of17Digits.Equals(number);
    }

    private bool FitsDecimal => _exponent <= 0
        ? _exponent >= -MaxDecimalScale && _mantissa <= MaxDecimalMantissa
        : TryGetInteger(out var integer) && (UInt128)Int128.Abs(integer) <= MaxDecimalMantissa;

    private bool TryGetInteger(out Int128 value)
    {
        value = default;
        if (_exponent is < 0 or > MaxMantissaDigits)
            return false;
        var magnitude = _mantissa;
        for (var i = 0; i < _exponent; i++)
        {
            if (magnitude > UInt128.MaxValue / 10)
                return false;
            magnitude *= 10;
        }

        var limit = (UInt128)Int128.MaxValue + (_isNegative ? 1u : 0u);
        value = _isNegative ? -(Int128)magnitude : (Int128)magnitude;
        return magnitude <= limit;
    }

    // [sign] digits [. digits] [e [sign] digits]; false also if the mantissa cannot hold the significant digits.
    private static bool TryParse(ReadOnlySpan<byte> text, out ExactNumber number)
    {
        number = default;
        var isNegative = text is [(byte)'-', ..];
        if (isNegative || text is [(byte)'+', ..])
            text = text[1..];

        var exponent = 0L;
        if (text.IndexOfAny((byte)'e', (byte)'E') is >= 0 and var e)
        {
            if (!TryParseExponent(text[(e + 1)..], out exponent))
                return false;
            text = text[..e];
        }

        var point = text.IndexOf((byte)'.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? default : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !AreDigits(whole) || !AreDigits(fraction))
            return false;

        fraction = fraction.TrimEnd((byte)'0');
        exponent -= fraction.Length;
        if (fraction.IsEmpty)
        {
            var trimmed = whole.TrimEnd((byte)'0');
            exponent += whole.Length - trimmed.Length;
            whole = trimmed;
        }

        whole = whole.TrimStart((byte)'0');
        var digitsOfFraction = whole.IsEmpty ? fraction.TrimStart((byte)'0') : fraction;
        if (whole.Length + digitsOfFraction.Length > MaxMantissaDigits)
            return false;

        var mantissa = Append(Append(UInt128.Zero, whole), digitsOfFraction);
        number = new ExactNumber(isNegative, mantissa, mantissa == 0 ? 0 : (int)Math.Clamp(exponent, -MaxExponent, MaxExponent));
        return true;
    }

    // A larger exponent is cut: no message has enough digits to make it small again.
    private static bool TryParseExponent(ReadOnlySpan<byte> text, out long exponent)
    {
        exponent = 0;
        var isNegative = text is [(byte)'-', ..];
        if (isNegative || text is [(byte)'+', ..])
            text = text[1..];
        if (text.IsEmpty || !AreDigits(text))
            return false;
        foreach (var digit in text)
            exponent = Math.Min((exponent * 10) + digit - '0', MaxExponent);
        if (isNegative)
            exponent = -exponent;
        return true;
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static UInt128 Append(UInt128 mantissa, ReadOnlySpan<byte> digits)
    {
        foreach (var digit in digits)
            mantissa = (mantissa * 10) + (uint)(digit - '0');
        return mantissa;
    }
}
