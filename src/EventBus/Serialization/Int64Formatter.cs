namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="long"/>.</summary>
public readonly struct Int64Formatter : IFormatter<long>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in long value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger(value);

    /// <inheritdoc/>
    public long Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadInt64();
}
