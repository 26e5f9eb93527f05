using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Integers of up to 64 bits as text, for <c>JsonNumberHandling.WriteAsString</c>; reads numbers too.</summary>
/// <typeparam name="T">The type of integer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IntegerTextFormatter<T> : IFormatter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Int128 integer;
        if (reader.Kind != ValueKind.String)
            integer = typeof(T) == typeof(ulong) ? reader.ReadUInt64() : reader.ReadInt64();
        else if (!ExactNumber.TryParseInteger(reader.ReadUtf8(), out integer))
            throw ShortText.NotThe("an integer", position);
        return IntegerRange.Narrow<T>(integer, position);
    }
}

/// <summary>Floats as text, for <c>JsonNumberHandling.WriteAsString</c>: also NaN and infinities; reads numbers too.</summary>
/// <typeparam name="T">The type of float.</typeparam>
/// <typeparam name="TNumber">Reads numbers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RealTextFormatter<T, TNumber> : IFormatter<T>
    where T : struct, IFloatingPointIeee754<T>
    where TNumber : struct, IFormatter<T>
{
    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
    {
        // NaN, Infinity and -Infinity, as System.Text.Json writes them.
        if (!T.IsFinite(value))
        {
            ShortText.Write(ref writer, value);
            return;
        }

        // A half is written as the single that it equals, as HalfFormatter writes it.
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        var length = typeof(T) == typeof(double)
            ? EcmaScriptNumber.Format(double.CreateTruncating(value), text)
            : EcmaScriptNumber.Format(float.CreateTruncating(value), text);
        writer.WriteUtf8(text[..length]);
    }

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        if (reader.Kind != ValueKind.String)
            return default(TNumber).Read(ref reader);

        // A number beyond the range is parsed as an infinity, but only the name of an infinity is one.
        var position = reader.Position;
        var text = reader.ReadUtf8();
        return T.TryParse(text, Style, CultureInfo.InvariantCulture, out var value)
            && (!T.IsInfinity(value) || text.IndexOfAnyInRange((byte)'0', (byte)'9') < 0)
                ? value
                : throw ShortText.NotThe($"a number within the range of the type {typeof(T).Name}", position);
    }
}

/// <summary>Numbers that are written as numbers and read from text, too, for <c>JsonNumberHandling.AllowReadingFromString</c>.</summary>
/// <typeparam name="T">The type of number.</typeparam>
/// <typeparam name="TNumber">Writes numbers.</typeparam>
/// <typeparam name="TText">Reads numbers and text.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NumberOrTextFormatter<T, TNumber, TText> : IFormatter<T>
    where TNumber : struct, IFormatter<T>
    where TText : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
        => default(TNumber).Write(ref writer, value);

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => default(TText).Read(ref reader);
}
