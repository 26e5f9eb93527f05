namespace EventBus.Serialization;

/// <summary>A <see cref="Version"/>, as text.</summary>
public readonly struct VersionFormatter : IFormatter<Version>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Version value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public Version Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return Version.TryParse(text[..ShortText.Read(ref reader, text)], out var value)
            ? value
            : throw ShortText.NotThe("a version like 1.0 or 1.0.0.0", position);
    }
}
