using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="Half"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HalfFormatter : IFormatter<Half>
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
}

/// <summary>Numbers of type <see cref="float"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleFormatter : IFormatter<float>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in float value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteSingle(value);

    /// <inheritdoc/>
    public float Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? float.NaN : reader.ReadSingle();
}

/// <summary>Numbers of type <see cref="double"/>; null is NaN.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DoubleFormatter : IFormatter<double>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in double value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteDouble(value);

    /// <inheritdoc/>
    public double Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? double.NaN : reader.ReadDouble();
}

/// <summary>Numbers of type <see cref="decimal"/>, as text; reads numbers too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DecimalFormatter : IFormatter<decimal>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in decimal value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public decimal Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadDecimal();
}
