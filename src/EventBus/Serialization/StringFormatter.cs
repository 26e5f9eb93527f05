namespace EventBus.Serialization;

/// <summary>Text.</summary>
public readonly struct StringFormatter : IFormatter<string>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in string value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public string Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadString();
}
