namespace EventBus.Serialization;

/// <summary>
/// A number of JSON in the form that MessagePack has for it: an integer of 64 bits, or else a float64. A reader prints it as a text of the
/// same value.
/// </summary>
internal readonly struct MessagePackNumber
{
    private readonly Int128 _integer;
    private readonly double _float;
    private readonly bool _isInteger;

    private MessagePackNumber(Int128 integer)
    {
        _integer = integer;
        _isInteger = true;
    }

    private MessagePackNumber(double value) => _float = value;

    /// <summary>Finds the form of a number.</summary>
    /// <exception cref="EventSerializationException">The text is not a number of JSON, or each form would change its value.</exception>
    public static MessagePackNumber Parse(ReadOnlySpan<byte> text)
    {
        JsonNumber.EnsureValid(text);

        // Only a float has -0.
        if (ExactNumber.TryParseInteger(text, out Int128 integer)
            && integer >= long.MinValue && integer <= ulong.MaxValue
            && (integer != 0 || text[0] != '-'))
            return new(integer);
        if (ExactNumber.TryParseDouble(text, out var value))
            return new(value);
        JsonNumber.EnsureFinite(text);
        throw new EventSerializationException(
            "The number is no integer of 64 bits, and a double would change its value, so the event cannot be attached. "
            + "Send the number as text or as a decimal.")
        { IsOfAttaching = true };
    }

    public void Write(ref MessagePackValueWriter writer)
    {
        if (!_isInteger)
            writer.WriteDouble(_float);
        else if (_integer < 0)
            writer.WriteInteger((long)_integer);
        else
            writer.WriteInteger((ulong)_integer);
    }
}
