namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="int"/>.</summary>
public readonly struct Int32Formatter : IFormatter<int>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in int value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public int Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, int>(ref reader);
}
