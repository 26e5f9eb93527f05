namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="ushort"/>.</summary>
public readonly struct UInt16Formatter : IFormatter<ushort>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ushort value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public ushort Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, ushort>(ref reader);
}
