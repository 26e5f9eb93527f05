namespace EventBus.Serialization;

/// <summary>A point in time, always UTC: a local one is converted, an unspecified one is taken as UTC.</summary>
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
