namespace EventBus.Serialization;

/// <summary>A point in time; the offset is not kept: what is read is UTC.</summary>
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
