namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="uint"/>.</summary>
public readonly struct UInt32Formatter : IFormatter<uint>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in uint value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public uint Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, uint>(ref reader);
}
