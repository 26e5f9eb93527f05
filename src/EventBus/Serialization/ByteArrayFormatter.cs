namespace EventBus.Serialization;

/// <summary>Binary; a message that holds it travels as an attachment.</summary>
public readonly struct ByteArrayFormatter : IFormatter<byte[]>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in byte[] value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBinary(value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public byte[] Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBinary().ToArray();
}
