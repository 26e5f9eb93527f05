namespace EventBus.Serialization;

/// <summary>Keys that are a <see cref="Guid"/>, in its form "D".</summary>
public readonly struct GuidKeyFormatter : IKeyFormatter<Guid>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Guid key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[ShortText.MaxLength];
        key.TryFormat(text, out var length);
        writer.WriteKey(text[..length]);
    }

    /// <inheritdoc/>
    public Guid ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return GuidText.TryParse(reader.ReadKey(), out var key) ? key : throw GuidText.Malformed(position);
    }
}
