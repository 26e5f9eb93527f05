using System.ComponentModel;
using System.Globalization;

namespace EventBus.Serialization;

/// <summary>A point in time in UTC. Local times are converted; unspecified ones are in UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeFormatter : IFormatter<DateTime>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateTime value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteTimestamp(value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value);

    /// <inheritdoc/>
    public DateTime Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadTimestamp();
}

/// <summary>A point in time in UTC; the offset is lost.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetFormatter : IFormatter<DateTimeOffset>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateTimeOffset value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteTimestamp(value.UtcDateTime);

    /// <inheritdoc/>
    public DateTimeOffset Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(reader.ReadTimestamp(), TimeSpan.Zero);
}

/// <summary>A date, as text like <c>2024-12-31</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
        text = text[..ShortText.Read(ref reader, text)];
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a date like 2024-12-31", position);
    }
}

/// <summary>A time of day, as text like <c>12:34:56</c>, with 7 fractional digits if there is a fraction.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
        text = text[..ShortText.Read(ref reader, text)];
        return TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a time like 12:34:56 or 12:34:56.0000007", position);
    }
}

/// <summary>A time span, as text like <c>1.02:03:04.0000005</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
