using System.Collections.Immutable;
using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Binary. A message that contains it is sent as an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Binary. A message that contains it is sent as an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Binary. A message that contains it is sent as an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyMemoryFormatter : IFormatter<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ReadOnlyMemory<byte> value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBinary().ToArray();
}

/// <summary>Binary. A message that contains it is sent as an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
