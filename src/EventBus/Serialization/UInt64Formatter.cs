namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="ulong"/>.</summary>
public readonly struct UInt64Formatter : IFormatter<ulong>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ulong value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger(value);

    /// <inheritdoc/>
    public ulong Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadUInt64();
}
