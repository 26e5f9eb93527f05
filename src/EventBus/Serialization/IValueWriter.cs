namespace EventBus.Serialization;

/// <summary>
/// Writes one tree of values in one encoding. A formatter uses this interface for every encoding. The JIT compiler specialises it for
/// the JSON writer and for the MessagePack writer, which are <see langword="ref struct"/>s.
/// </summary>
/// <remarks>
/// MessagePack needs the counts of arrays and maps first, so <see cref="BeginArray"/> and <see cref="BeginMap"/> take them. Write exactly
/// that many values, or pairs of key and value. Not thread-safe.
/// </remarks>
public interface IValueWriter
{
    /// <summary>The number of bytes written so far. After a key, and at the start, it is the offset of the next value.</summary>
    int BytesWritten { get; }

    /// <summary>Writes null.</summary>
    void WriteNull();

    /// <summary>Writes a boolean.</summary>
    void WriteBoolean(bool value);

    /// <summary>Writes an integer: digits in JSON, the smallest form of int in MessagePack.</summary>
    void WriteInteger(long value);

    /// <summary>Writes an integer: digits in JSON, the smallest form of uint in MessagePack.</summary>
    void WriteInteger(ulong value);

    /// <summary>
    /// Writes a single: in JSON the shortest text that reads back as the same single, in the form of ECMAScript; in MessagePack float32.
    /// NaN and infinities are written as null.
    /// </summary>
    void WriteSingle(float value);

    /// <summary>Writes a double: in JSON as ECMAScript prints it, in MessagePack float64. NaN and infinities are written as null.</summary>
    void WriteDouble(double value);

    /// <summary>
    /// Writes a number from its JSON text: in JSON this text, in MessagePack an integer if it is one of 64 bits, else float64. <c>-0</c>
    /// and <c>-0.0</c> are float64, too.
    /// </summary>
    /// <param name="text">The text in UTF-8, as <c>2.50</c>.</param>
    /// <exception cref="EventSerializationException">
    /// The text is not a number of JSON, or beyond the range of a double; or, in MessagePack, it is no integer of 64 bits, and the nearest
    /// double is another number both in its shortest text and in 17 significant digits.
    /// </exception>
    void WriteNumber(scoped ReadOnlySpan<byte> text);

    /// <summary>Writes text; a lone surrogate becomes U+FFFD.</summary>
    void WriteString(scoped ReadOnlySpan<char> value);

    /// <summary>Writes text from UTF-8; an ill-formed sequence becomes U+FFFD.</summary>
    void WriteUtf8(scoped ReadOnlySpan<byte> value);

    /// <summary>Writes binary. JSON has no form for it: the JSON writer records that, and its text must not be used.</summary>
    void WriteBinary(scoped ReadOnlySpan<byte> value);

    /// <summary>
    /// Writes a point in time: in JSON ISO 8601 text that ends in <c>Z</c>, with 3 fractional digits, or 7 if 3 are not enough; in
    /// MessagePack extension -1.
    /// </summary>
    /// <param name="utc">The time in UTC; its <see cref="DateTime.Kind"/> is ignored.</param>
    void WriteTimestamp(DateTime utc);

    /// <summary>Begins an array of <paramref name="count"/> values.</summary>
    void BeginArray(int count);

    /// <summary>Ends the innermost array.</summary>
    void EndArray();

    /// <summary>Begins a map of <paramref name="count"/> pairs.</summary>
    void BeginMap(int count);

    /// <summary>Ends the innermost map.</summary>
    void EndMap();

    /// <summary>Writes the key of a pair. Write its value next.</summary>
    void WriteKey(scoped ReadOnlySpan<byte> utf8);

    /// <summary>Writes the key of a pair. Write its value next.</summary>
    void WriteKey(scoped ReadOnlySpan<char> text);
}
