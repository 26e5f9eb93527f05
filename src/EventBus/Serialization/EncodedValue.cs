namespace EventBus.Serialization;

/// <summary>One whole value, still encoded: a slice of a message whose decoding waits until somebody wants it.</summary>
/// <param name="Bytes">The value's bytes. They are only borrowed: whoever keeps them longer than the call copies them.</param>
/// <param name="Encoding">How they are encoded.</param>
internal readonly record struct EncodedValue(ReadOnlyMemory<byte> Bytes, ValueEncoding Encoding)
{
    /// <summary>Decodes it as a value of no fixed type, which borrows nothing.</summary>
    /// <exception cref="EventSerializationException">It stands for no value.</exception>
    public EventValue ReadValue()
    {
        if (Encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(Bytes.Span);
            return default(EventValueFormatter).Read(ref json);
        }

        var messagePack = new MessagePackValueReader(Bytes.Span);
        return default(EventValueFormatter).Read(ref messagePack);
    }
}
