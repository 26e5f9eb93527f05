using System.ComponentModel;
using System.Globalization;

namespace EventBus.Serialization;

/// <summary>A point in time in UTC. Local times are converted; unspecified ones are in UTC.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeFormatter : IFormatter<DateTime>, IKeyFormatter<DateTime>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateTime value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteTimestamp(ToUtc(value));

    /// <inheritdoc/>
    public DateTime Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadTimestamp();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, DateTime key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[TimestampText.MaxLength];
        writer.WriteKey(text[..TimestampText.Format(ToUtc(key), text)]);
    }

    /// <inheritdoc/>
    public DateTime ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return TimestampText.TryParse(reader.ReadKey(), out var key)
            ? key
            : throw ShortText.NotThe("an ISO 8601 point in time between the years 1 and 9999", position);
    }

    private static DateTime ToUtc(DateTime value) => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value;
}

/// <summary>A point in time in UTC; the offset is lost.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateTimeOffsetFormatter : IFormatter<DateTimeOffset>, IKeyFormatter<DateTimeOffset>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateTimeOffset value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteTimestamp(value.UtcDateTime);

    /// <inheritdoc/>
    public DateTimeOffset Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(reader.ReadTimestamp(), TimeSpan.Zero);

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, DateTimeOffset key)
        where TWriter : IValueWriter, allows ref struct
        => default(DateTimeFormatter).WriteKey(ref writer, key.UtcDateTime);

    /// <inheritdoc/>
    public DateTimeOffset ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(default(DateTimeFormatter).ReadKey(ref reader), TimeSpan.Zero);
}

/// <summary>A date, as text like <c>2024-12-31</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DateOnlyFormatter : IFormatter<DateOnly>, IKeyFormatter<DateOnly>
{
    private const string Format = "yyyy-MM-dd";

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in DateOnly value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value, Format);

    /// <inheritdoc/>
    public DateOnly Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, DateOnly key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key, Format);

    /// <inheritdoc/>
    public DateOnly ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static DateOnly Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> text = stackalloc char[ShortText.MaxLength];
        text = text[..ShortText.Decode(utf8, text)];
        return DateOnly.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a date like 2024-12-31", position);
    }
}

/// <summary>A time of day, as text like <c>12:34:56</c>, with 7 fractional digits if there is a fraction.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeOnlyFormatter : IFormatter<TimeOnly>, IKeyFormatter<TimeOnly>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in TimeOnly value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value, FormatOf(value));

    /// <inheritdoc/>
    public TimeOnly Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, TimeOnly key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key, FormatOf(key));

    /// <inheritdoc/>
    public TimeOnly ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static string FormatOf(TimeOnly value) =>
        value.Ticks % TimeSpan.TicksPerSecond == 0 ? "HH:mm:ss" : "HH:mm:ss.fffffff";

    private static TimeOnly Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> text = stackalloc char[ShortText.MaxLength];
        text = text[..ShortText.Decode(utf8, text)];
        return TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : throw ShortText.NotThe("a time like 12:34:56 or 12:34:56.0000007", position);
    }
}

/// <summary>A time span, as text like <c>1.02:03:04.0000005</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TimeSpanFormatter : IFormatter<TimeSpan>, IKeyFormatter<TimeSpan>
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
        return Parse(reader.ReadUtf8(), position);
    }

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, TimeSpan key)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.WriteKey(ref writer, key, "c");

    /// <inheritdoc/>
    public TimeSpan ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return Parse(reader.ReadKey(), position);
    }

    private static TimeSpan Parse(ReadOnlySpan<byte> utf8, int position)
    {
        Span<char> text = stackalloc char[ShortText.MaxLength];
        return TimeSpan.TryParseExact(text[..ShortText.Decode(utf8, text)], "c", CultureInfo.InvariantCulture, out var value)
            ? value
            : throw ShortText.NotThe("a time span like 1.02:03:04.0000005", position);
    }
}
