using System.Globalization;

namespace EventBus.Serialization;

/// <summary>A time span, as text like <c>1.02:03:04.0000005</c>.</summary>
public readonly struct TimeSpanFormatter : IFormatter<TimeSpan>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in TimeSpan value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value, "c");

    /// <inheritdoc/>
    public TimeSpan Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return TimeSpan.TryParseExact(text[..ShortText.Read(ref reader, text)], "c", CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ShortText.NotThe("a time span like 1.02:03:04.0000005", position);
    }
}
