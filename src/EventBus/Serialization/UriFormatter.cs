namespace EventBus.Serialization;

/// <summary>A <see cref="Uri"/>, absolute or relative, as its original text.</summary>
public readonly struct UriFormatter : IFormatter<Uri>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Uri value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString((value ?? throw NullValue.NotAllowed()).OriginalString);

    /// <inheritdoc/>
    public Uri Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out var value) ? value : throw ShortText.NotThe("a URI", position);
    }
}
