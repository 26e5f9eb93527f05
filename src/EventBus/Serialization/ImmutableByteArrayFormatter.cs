using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Binary; a message that holds it travels as an attachment.</summary>
public readonly struct ImmutableByteArrayFormatter : IFormatter<ImmutableArray<byte>>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableArray<byte> value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBinary(value.IsDefault ? throw NullValue.NotAllowed() : value.AsSpan());

    /// <inheritdoc/>
    public ImmutableArray<byte> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => [.. reader.ReadBinary()];
}
