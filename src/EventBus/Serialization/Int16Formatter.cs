namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="short"/>.</summary>
public readonly struct Int16Formatter : IFormatter<short>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in short value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public short Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, short>(ref reader);
}
