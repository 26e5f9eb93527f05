namespace EventBus.Serialization;

/// <summary>A <see cref="Guid"/>, as text in its form "D".</summary>
public readonly struct GuidFormatter : IFormatter<Guid>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Guid value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public Guid Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return GuidText.TryParse(reader.ReadUtf8(), out var value) ? value : throw GuidText.Malformed(position);
    }
}
