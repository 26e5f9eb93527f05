using System.Globalization;

namespace EventBus.Serialization;

/// <summary>A time of day, as text like <c>12:34:56</c>, with 7 fractional digits where there is a fraction.</summary>
public readonly struct TimeOnlyFormatter : IFormatter<TimeOnly>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in TimeOnly value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value, value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff");

    /// <inheritdoc/>
    public TimeOnly Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return TimeOnly.TryParseExact(text[..ShortText.Read(ref reader, text)], "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a time like 12:34:56 or 12:34:56.0000007", position);
    }
}
