using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="Half"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HalfFormatter : IFormatter<Half>, IKeyFormatter<Half>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Half value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteSingle((float)value);

    /// <inheritdoc/>
    public Half Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        if (reader.TryReadNull())
            return Half.NaN;
        var single = reader.ReadSingle();
        var value = (Half)single;
        return Half.IsInfinity(value) && float.IsFinite(single)
            ? throw new EventSerializationException("The number is not within the range of a half.", position)
            : value;
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Half key)
        where TWriter : IValueWriter, allows ref struct
        => NumberKey.Write(ref writer, (float)key);

    /// <inheritdoc/>
    public Half ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => NumberKey.Read<TReader, Half>(ref reader);
}

/// <summary>Numbers of type <see cref="float"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleFormatter : IFormatter<float>, IKeyFormatter<float>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in float value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteSingle(value);

    /// <inheritdoc/>
    public float Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? float.NaN : reader.ReadSingle();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, float key)
        where TWriter : IValueWriter, allows ref struct
        => NumberKey.Write(ref writer, key);

    /// <inheritdoc/>
    public float ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => NumberKey.Read<TReader, float>(ref reader);
}

/// <summary>Numbers of type <see cref="double"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleFormatter : IFormatter<double>, IKeyFormatter<double>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in double value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteDouble(value);

    /// <inheritdoc/>
    public double Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? double.NaN : reader.ReadDouble();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, double key)
        where TWriter : IValueWriter, allows ref struct
        => NumberKey.Write(ref writer, key);

    /// <inheritdoc/>
    public double ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => NumberKey.Read<TReader, double>(ref reader);
}

/// <summary>Numbers of type <see cref="decimal"/>, as text; reads numbers too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalFormatter : IFormatter<decimal>, IKeyFormatter<decimal>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in decimal value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public decimal Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadDecimal();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, decimal key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key);

    /// <inheritdoc/>
    public decimal ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return ExactNumber.TryParseDecimal(reader.ReadKey(), out var key)
            ? key
            : throw new EventSerializationException("The key is not a number that a decimal holds exactly.", position);
    }
}

/// <summary>Keys that are floats, as the text of the number.</summary>
internal static class NumberKey
{
    public static void Write<TWriter>(ref TWriter writer, float key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        writer.WriteKey(text[..EcmaScriptNumber.Format(Finite(key), text)]);
    }

    public static void Write<TWriter>(ref TWriter writer, double key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        writer.WriteKey(text[..EcmaScriptNumber.Format(Finite(key), text)]);
    }

    public static T Read<TReader, T>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        where T : struct, IFloatingPointIeee754<T>
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var position = reader.Position;
        return T.TryParse(reader.ReadKey(), Style, CultureInfo.InvariantCulture, out var key) && T.IsFinite(key)
            ? key
            : throw new EventSerializationException($"The key is not a finite number of type {typeof(T).Name}.", position);
    }

    // Null stands for NaN and infinities, but a key cannot be null.
    private static T Finite<T>(T key)
        where T : struct, IFloatingPointIeee754<T>
        => T.IsFinite(key) ? key : throw new EventSerializationException("A key is NaN or infinite, which no key can be.");
}
