namespace EventBus.Serialization;

/// <summary>Booleans.</summary>
public readonly struct BooleanFormatter : IFormatter<bool>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in bool value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBoolean(value);

    /// <inheritdoc/>
    public bool Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBoolean();
}
