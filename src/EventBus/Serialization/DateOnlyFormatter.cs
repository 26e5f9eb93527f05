using System.Globalization;

namespace EventBus.Serialization;

/// <summary>A date, as text like <c>2024-12-31</c>.</summary>
public readonly struct DateOnlyFormatter : IFormatter<DateOnly>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateOnly value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value, "yyyy-MM-dd");

    /// <inheritdoc/>
    public DateOnly Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return DateOnly.TryParseExact(text[..ShortText.Read(ref reader, text)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a date like 2024-12-31", position);
    }
}
