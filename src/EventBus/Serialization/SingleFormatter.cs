namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="float"/>; null is NaN.</summary>
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
