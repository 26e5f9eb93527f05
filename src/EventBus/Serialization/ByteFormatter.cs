namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="byte"/>.</summary>
public readonly struct ByteFormatter : IFormatter<byte>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in byte value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public byte Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, byte>(ref reader);
}
