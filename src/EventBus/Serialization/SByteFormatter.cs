namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="sbyte"/>.</summary>
public readonly struct SByteFormatter : IFormatter<sbyte>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in sbyte value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public sbyte Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, sbyte>(ref reader);
}
