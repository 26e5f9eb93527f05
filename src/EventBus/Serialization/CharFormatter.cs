namespace EventBus.Serialization;

/// <summary>One UTF-16 code unit, as text; a lone surrogate becomes U+FFFD.</summary>
public readonly struct CharFormatter : IFormatter<char>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in char value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString([value]);

    /// <inheritdoc/>
    public char Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[2];
        return ShortText.Read(ref reader, text) == 1 ? text[0] : throw ShortText.NotThe("a single character", position);
    }
}
