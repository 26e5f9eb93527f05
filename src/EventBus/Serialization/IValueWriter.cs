namespace EventBus.Serialization;

/// <summary>
/// Writes one tree of values in one encoding. Every formatter is written once against this interface and specialised by the JIT for
/// the JSON and the MessagePack writer, which are <see langword="ref struct"/>s.
/// </summary>
/// <remarks>
/// MessagePack needs the counts of arrays and maps first, so <see cref="BeginArray"/> and <see cref="BeginMap"/> take them; exactly that
/// many values (or pairs of key and value) must follow. Not thread-safe.
/// </remarks>
public interface IValueWriter
{
    /// <summary>The number of bytes written so far: after a key, or before anything else, the offset at which the next value begins.</summary>
    int BytesWritten { get; }

    /// <summary>Writes null.</summary>
    void WriteNull();

    /// <summary>Writes a boolean.</summary>
    void WriteBoolean(bool value);

    /// <summary>Writes an integer: digits, or the smallest MessagePack int form.</summary>
    void WriteInteger(long value);

    /// <summary>Writes an integer: digits, or the smallest MessagePack uint form.</summary>
    void WriteInteger(ulong value);

    /// <summary>Writes a single: as ECMAScript prints the shortest text that reads back as the same single, or float32; NaN and infinities are null.</summary>
    void WriteSingle(float value);

    /// <summary>Writes a double: as ECMAScript prints it, or float64; NaN and infinities are null.</summary>
    void WriteDouble(double value);

    /// <summary>Writes text; a lone surrogate becomes U+FFFD.</summary>
    void WriteString(scoped ReadOnlySpan<char> value);

    /// <summary>Writes text that is UTF-8 already; an ill-formed sequence becomes U+FFFD.</summary>
    void WriteUtf8(scoped ReadOnlySpan<byte> value);

    /// <summary>Writes binary. JSON has no form for it: the JSON writer takes note and its text is worthless from then on.</summary>
    void WriteBinary(scoped ReadOnlySpan<byte> value);

    /// <summary>Writes a point in time: ISO text ending in <c>Z</c> with 3 fractional digits, 7 where needed, or extension -1 with nanoseconds.</summary>
    /// <param name="utc">The time, in UTC whatever its <see cref="DateTime.Kind"/> says.</param>
    void WriteTimestamp(DateTime utc);

    /// <summary>Begins an array of <paramref name="count"/> values.</summary>
    void BeginArray(int count);

    /// <summary>Ends the array begun last.</summary>
    void EndArray();

    /// <summary>Begins a map of <paramref name="count"/> pairs.</summary>
    void BeginMap(int count);

    /// <summary>Ends the map begun last.</summary>
    void EndMap();

    /// <summary>Writes a pair's key; its value follows.</summary>
    void WriteKey(scoped ReadOnlySpan<byte> utf8);

    /// <summary>Writes a pair's key; its value follows.</summary>
    void WriteKey(scoped ReadOnlySpan<char> text);
}
