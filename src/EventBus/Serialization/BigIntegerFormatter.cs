using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Integers of any size to 10,000 digits, as text; reads numbers too.</summary>
public readonly struct BigIntegerFormatter : IFormatter<BigInteger>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in BigInteger value)
        where TWriter : IValueWriter, allows ref struct
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        if (text.Length > SerializationLimits.MaxIntegerDigits)
            throw new EventSerializationException($"The integer has more than {SerializationLimits.MaxIntegerDigits} digits.");
        writer.WriteString(text);
    }

    /// <inheritdoc/>
    public BigInteger Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBigInteger();
}
