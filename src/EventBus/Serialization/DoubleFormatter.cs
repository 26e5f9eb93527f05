namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="double"/>; null is NaN.</summary>
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
