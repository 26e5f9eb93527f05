using System.Numerics;

namespace EventBus.Serialization;

/// <summary>
/// Reads one tree of values in one encoding: the counterpart of <see cref="IValueWriter"/>. It accepts every form in which a JavaScript
/// peer writes a value. The result does not depend on the encoding.
/// </summary>
/// <remarks>
/// A MessagePack float that is read as another type of number has the value of its JSON text: 0.1 as float32 is read as the double 0.1.
/// Every method throws <see cref="EventSerializationException"/>, with the position, if the bytes are malformed, a limit is exceeded or the
/// value is of another kind. Not thread-safe.
/// </remarks>
public interface IValueReader
{
    /// <summary>The offset of the next value in the bytes.</summary>
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

    /// <summary>Reads any number within the range of a double, rounded to the nearest double.</summary>
    double ReadDouble();

    /// <summary>Reads any number within the range of a single, rounded to the nearest single.</summary>
    float ReadSingle();

    /// <summary>Reads a number or text as a decimal. It throws if a decimal cannot hold the number exactly.</summary>
    decimal ReadDecimal();

    /// <summary>Reads an integer of up to 10,000 digits, a float with no fraction, or text of digits.</summary>
    BigInteger ReadBigInteger();

    /// <summary>
    /// Reads any number as JSON text in UTF-8: from JSON its own text; from MessagePack its digits, or the text of a float as ECMAScript
    /// prints it, but −0 as <c>-0</c>. NaN and infinities, which only MessagePack has, are empty. The span is valid until the next call.
    /// </summary>
    ReadOnlySpan<byte> ReadNumber();

    /// <summary>Reads text; lone surrogates become U+FFFD.</summary>
    string ReadString();

    /// <summary>Reads text as UTF-8, unescaped. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadUtf8();

    /// <summary>Reads binary. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadBinary();

    /// <summary>Reads a MessagePack timestamp, or ISO 8601 text. Text without an offset is in UTC. The result is always in UTC.</summary>
    DateTime ReadTimestamp();

    /// <summary>Enters an array; call <see cref="MoveNext"/> before each value.</summary>
    ValueCursor BeginArray();

    /// <summary>Enters a map; call <see cref="MoveNext"/> and <see cref="ReadKey"/> before each value.</summary>
    ValueCursor BeginMap();

    /// <summary>Moves to the next value or key. Returns false at the end, and leaves the array or map.</summary>
    bool MoveNext(ref ValueCursor cursor);

    /// <summary>Reads the key of the next pair as UTF-8, unescaped. The span is valid until the next call.</summary>
    ReadOnlySpan<byte> ReadKey();

    /// <summary>Skips the next value, and checks that it is well-formed.</summary>
    void Skip();
}

/// <summary>The kind of the next value of an <see cref="IValueReader"/>.</summary>
public enum ValueKind
{
    /// <summary>Null.</summary>
    Null,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A number of at most 64 bits that is written without fraction and exponent.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Float,

    /// <summary>Text.</summary>
    String,

    /// <summary>Binary (MessagePack only).</summary>
    Binary,

    /// <summary>A point in time (MessagePack extension -1 only).</summary>
    Timestamp,

    /// <summary>An extension other than -1 (MessagePack only); it can only be skipped.</summary>
    Extension,

    /// <summary>An array.</summary>
    Array,

    /// <summary>A map: a JSON object.</summary>
    Map,
}

/// <summary>The position of a reader in one array or map, for <see cref="IValueReader.MoveNext"/>.</summary>
public struct ValueCursor
{
    /// <summary>How many values or pairs are left; <see cref="UntilEnd"/> if the encoding has no count (JSON).</summary>
    internal int Remaining;

    /// <summary><see cref="Remaining"/> of a collection that ends with a mark in the bytes.</summary>
    internal const int UntilEnd = -1;

    /// <summary><see cref="Remaining"/> after the end; <see cref="IValueReader.MoveNext"/> sets it when it returns false.</summary>
    internal const int Left = -2;

    /// <summary>Whether <see cref="IValueReader.MoveNext"/> has returned false. Do not call it again then.</summary>
    public readonly bool Ended => Remaining == Left;
}
