namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="Int128"/>, as text; reads numbers too.</summary>
public readonly struct Int128Formatter : IFormatter<Int128>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Int128 value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public Int128 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.ReadLarge<TReader, Int128>(ref reader);
}
