namespace EventBus.Serialization;

/// <summary>Numbers of type <see cref="decimal"/>, as text; reads numbers too.</summary>
public readonly struct DecimalFormatter : IFormatter<decimal>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in decimal value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public decimal Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadDecimal();
}
