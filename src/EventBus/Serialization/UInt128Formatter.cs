namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="UInt128"/>, as text; reads numbers too.</summary>
public readonly struct UInt128Formatter : IFormatter<UInt128>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in UInt128 value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public UInt128 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.ReadLarge<TReader, UInt128>(ref reader);
}
