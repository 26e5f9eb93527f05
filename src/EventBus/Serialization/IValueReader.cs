using System.Numerics;

namespace EventBus.Serialization;

/// <summary>
/// Reads one tree of values in one encoding: the counterpart of <see cref="IValueWriter"/>. Whatever a JavaScript peer writes for a value is
/// accepted, and what is read never depends on the encoding.
/// </summary>
/// <remarks>
/// So that it does not, a MessagePack float that is read as another type of number stands for the text that JSON has for it: 0.1 as float32 is the double 0.1.
/// Every method throws <see cref="EventSerializationException"/>, with the position, where the bytes are malformed, a limit is passed or the
/// value is of another kind. Not thread-safe.
/// </remarks>
public interface IValueReader
{
    /// <summary>The offset of the next value in the bytes that are read.</summary>
    int Position { get; }

    /// <summary>The kind of the next value.</summary>
    ValueKind Kind { get; }

    /// <summary>Consumes the next value if it is null.</summary>
    bool TryReadNull();

    /// <summary>Reads a boolean.</summary>
    bool ReadBoolean();

    /// <summary>Reads an integer, or a float with no fraction.</summary>
    long ReadInt64();

    /// <summary>Reads an integer, or a float with no fraction.</summary>
    ulong ReadUInt64();

    /// <summary>Reads any number a double can come near.</summary>
    double ReadDouble();

    /// <summary>Reads any number a single can come near.</summary>
    float ReadSingle();

    /// <summary>Reads a number or text as a decimal; one that a decimal cannot hold exactly is refused.</summary>
    decimal ReadDecimal();

    /// <summary>Reads an integer of any size (to 10,000 digits), a float with no fraction, or text of digits.</summary>
    BigInteger ReadBigInteger();

    /// <summary>Reads text; lone surrogates become U+FFFD.</summary>
    string ReadString();

    /// <summary>Reads text as UTF-8, unescaped. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadUtf8();

    /// <summary>Reads binary. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadBinary();

    /// <summary>Reads a MessagePack timestamp, or any ISO 8601 text with an offset or without (then UTC); always UTC.</summary>
    DateTime ReadTimestamp();

    /// <summary>Enters an array; call <see cref="MoveNext"/> before each value.</summary>
    ValueCursor BeginArray();

    /// <summary>Enters a map; call <see cref="MoveNext"/> and <see cref="ReadKey"/> before each value.</summary>
    ValueCursor BeginMap();

    /// <summary>Moves to the next value (or key) of an array or map; false, having left it, when there is none.</summary>
    bool MoveNext(ref ValueCursor cursor);

    /// <summary>Reads the key of the next pair as UTF-8, unescaped. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadKey();

    /// <summary>Skips the next value whole, checking it all the same.</summary>
    void Skip();
}
