namespace EventBus.Serialization;

/// <summary>Binary; a message that holds it travels as an attachment.</summary>
public readonly struct MemoryFormatter : IFormatter<Memory<byte>>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Memory<byte> value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public Memory<byte> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBinary().ToArray();
}
