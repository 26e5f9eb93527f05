using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Reads values from MessagePack: every form of the specification, whether or not it is the smallest.</summary>
internal ref struct MessagePackValueReader(ReadOnlySpan<byte> bytes) : IValueReader
{
    // A double with more zero bits than this at its end may lie halfway between two singles.
    private const ulong BitsBelowHalfSingle = (1UL << 28) - 1;

    // Up to here the text of a single with no fraction has all its digits.
    private const float MaxExactSingle = 16777216;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;
    private int _depth;

    public readonly int Position => _position;

    public readonly ValueKind Kind => PeekCode() switch
    {
        <= MessagePackCode.MaxPositiveFixInt => ValueKind.Integer,
        <= MessagePackCode.MaxFixMap => ValueKind.Map,
        <= MessagePackCode.MaxFixArray => ValueKind.Array,
        <= MessagePackCode.MaxFixStr => ValueKind.String,
        MessagePackCode.Nil => ValueKind.Null,
        MessagePackCode.NeverUsed => throw Malformed("The byte 0xc1 begins no MessagePack value."),
        MessagePackCode.False or MessagePackCode.True => ValueKind.Boolean,
        <= MessagePackCode.Bin32 => ValueKind.Binary,
        <= MessagePackCode.Ext32 => KindOfExtension(),
        <= MessagePackCode.Float64 => ValueKind.Float,
        <= MessagePackCode.Int64 => ValueKind.Integer,
        <= MessagePackCode.FixExt16 => KindOfExtension(),
        <= MessagePackCode.Str32 => ValueKind.String,
        <= MessagePackCode.Array32 => ValueKind.Array,
        <= MessagePackCode.Map32 => ValueKind.Map,
        _ => ValueKind.Integer,
    };

    private readonly ReadOnlySpan<byte> Rest => _bytes[_position..];

    public bool TryReadNull()
    {
        if (Rest is not [MessagePackCode.Nil, ..])
            return false;
        _position++;
        return true;
    }

    public bool ReadBoolean()
    {
        var code = PeekCode();
        if (code is not (MessagePackCode.True or MessagePackCode.False))
            throw Expected("a boolean");
        _position++;
        return code == MessagePackCode.True;
    }

    public long ReadInt64()
    {
        var position = _position;
        var integer = ReadInteger();
        return integer >= long.MinValue && integer <= long.MaxValue
            ? (long)integer
            : throw OutOfRange("an integer between -2^63 and 2^63-1", position);
    }

    public ulong ReadUInt64()
    {
        var position = _position;
        var integer = ReadInteger();
        return integer >= 0 && integer <= ulong.MaxValue
            ? (ulong)integer
            : throw OutOfRange("an integer between 0 and 2^64-1", position);
    }

    public double ReadDouble()
    {
        switch (PeekCode())
        {
            case MessagePackCode.Float64:
                return TakeDouble();
            case MessagePackCode.Float32:
                var single = TakeSingle();
                return (float.IsInteger(single) && Math.Abs(single) <= MaxExactSingle) || !float.IsFinite(single) ? single : AsText(single);
            default:
                return (double)TakeInteger("a number");
        }
    }

    public float ReadSingle()
    {
        var position = _position;
        switch (PeekCode())
        {
            case MessagePackCode.Float32:
                return TakeSingle();
            case MessagePackCode.Float64:
                var value = TakeDouble();
                var single = (BitConverter.DoubleToUInt64Bits(value) & BitsBelowHalfSingle) == 0 && double.IsFinite(value) ? AsText(value) : (float)value;
                return float.IsFinite(single) || !double.IsFinite(value) ? single : throw OutOfRange("within the range of a single", position);
            default:
                return (float)TakeInteger("a number");
        }
    }

    public decimal ReadDecimal()
    {
        var position = _position;
        switch (Kind)
        {
            case ValueKind.Integer:
                return (decimal)TakeInteger("a number");
            case ValueKind.Float:
                Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
                return ExactNumber.TryParseDecimal(text[..TakeFloatAsText(text)], out var number) ? number : throw NotDecimal(position);
            case ValueKind.String:
                return ExactNumber.TryParseDecimal(ReadUtf8(), out var value) ? value : throw NotDecimal(position);
            default:
                throw Expected("a number, or text with one");
        }
    }

    public BigInteger ReadBigInteger()
    {
        var position = _position;
        switch (Kind)
        {
            case ValueKind.Integer:
                return TakeInteger("a number");
            case ValueKind.Float:
                Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
                return ExactNumber.TryParseInteger(text[..TakeFloatAsText(text)], out BigInteger number) ? number : throw OutOfRange("an integer", position);
            case ValueKind.String:
                return ExactNumber.TryParseInteger(ReadUtf8(), out BigInteger value) ? value : throw OutOfRange("an integer", position);
            default:
                throw Expected("a number, or text with one");
        }
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public ReadOnlySpan<byte> ReadUtf8() => ReadText("text");

    public ReadOnlySpan<byte> ReadBinary() => PeekCode() switch
    {
        MessagePackCode.Bin8 => Take(TakeLength(1, 1)),
        MessagePackCode.Bin16 => Take(TakeLength(2, 1)),
        MessagePackCode.Bin32 => Take(TakeLength(4, 1)),
        _ => throw Expected("binary"),
    };

    public DateTime ReadTimestamp()
    {
        var position = _position;
        if (Kind == ValueKind.Timestamp)
        {
            return MessagePackTimestamp.TryParse(TakeExtension(), out var utc)
                ? utc
                : throw new EventSerializationException("The timestamp is malformed, or not between the years 1 and 9999.", position);
        }

        return TimestampText.TryParse(ReadText("a timestamp, or text with one"), out var time)
            ? time
            : throw new EventSerializationException("The text is not an ISO 8601 point in time between the years 1 and 9999.", position);
    }

    public ValueCursor BeginArray() => Kind == ValueKind.Array ? Enter() : throw Expected("an array");

    public ValueCursor BeginMap() => Kind == ValueKind.Map ? Enter() : throw Expected("a map");

    public bool MoveNext(ref ValueCursor cursor)
    {
        if (cursor.Remaining > 0)
        {
            cursor.Remaining--;
            return true;
        }

        _depth--;
        cursor.Remaining = ValueCursor.Left;
        return false;
    }

    public ReadOnlySpan<byte> ReadKey() => ReadText("a key that is text");

    public void Skip()
    {
        Span<int> left = stackalloc int[SerializationLimits.MaxDepth + 1];
        var depth = _depth;
        left[depth] = 1;
        while (true)
        {
            left[depth]--;
            if (Kind is ValueKind.Array or ValueKind.Map)
            {
                EnsureDepth(++depth);
                left[depth] = Kind == ValueKind.Map ? TakeCount() * 2 : TakeCount();
            }
            else
            {
                SkipScalar();
            }

            while (left[depth] == 0)
            {
                if (depth == _depth)
                    return;
                depth--;
            }
        }
    }

    /// <summary>Checks that nothing follows the value.</summary>
    /// <exception cref="EventSerializationException">Something does.</exception>
    public readonly void EnsureEnd()
    {
        if (_position != _bytes.Length)
            throw Malformed("The MessagePack value is followed by something.");
    }

    private void SkipScalar()
    {
        var code = PeekCode();
        switch (Kind)
        {
            case ValueKind.String:
                Take(TakeTextLength(code));
                break;
            case ValueKind.Binary:
                ReadBinary();
                break;
            case ValueKind.Timestamp:
                ReadTimestamp();
                break;
            case ValueKind.Extension:
                TakeExtension();
                break;
            case ValueKind.Integer:
                TakeInteger("a number");
                break;
            case ValueKind.Float:
                _position++;
                Take(code == MessagePackCode.Float32 ? sizeof(float) : sizeof(double));
                break;
            default:
                _position++;
                break;
        }
    }

    private ValueCursor Enter()
    {
        EnsureDepth(_depth + 1);
        var cursor = new ValueCursor { Remaining = TakeCount() };
        _depth++;
        return cursor;
    }

    private readonly void EnsureDepth(int depth)
    {
        if (depth > SerializationLimits.MaxDepth)
            throw SerializationLimits.TooDeep(_position);
    }

    private Int128 ReadInteger()
    {
        if (PeekCode() is not (MessagePackCode.Float32 or MessagePackCode.Float64))
            return TakeInteger("an integer");
        var position = _position;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return ExactNumber.TryParseInteger(text[..TakeFloatAsText(text)], out Int128 integer) ? integer : throw OutOfRange("an integer of 64 bits", position);
    }

    private Int128 TakeInteger(string expected)
    {
        var code = PeekCode();
        if (code is <= MessagePackCode.MaxPositiveFixInt or >= MessagePackCode.NegativeFixInt)
        {
            _position++;
            return unchecked((sbyte)code);
        }

        if (code is < MessagePackCode.UInt8 or > MessagePackCode.Int64)
            throw Expected(expected);
        var length = 1 << ((code - MessagePackCode.UInt8) & 3);
        EnsureLeft(length + 1);
        _position++;
        var data = Take(length);
        return code switch
        {
            MessagePackCode.UInt8 => data[0],
            MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(data),
            MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(data),
            MessagePackCode.UInt64 => BinaryPrimitives.ReadUInt64BigEndian(data),
            MessagePackCode.Int8 => unchecked((sbyte)data[0]),
            MessagePackCode.Int16 => BinaryPrimitives.ReadInt16BigEndian(data),
            MessagePackCode.Int32 => BinaryPrimitives.ReadInt32BigEndian(data),
            _ => BinaryPrimitives.ReadInt64BigEndian(data),
        };
    }

    private float TakeSingle()
    {
        _position++;
        return BinaryPrimitives.ReadSingleBigEndian(Take(sizeof(float)));
    }

    private double TakeDouble()
    {
        _position++;
        return BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));
    }

    // The text that JSON has for the float; returns its length.
    private int TakeFloatAsText(scoped Span<byte> text)
    {
        var position = _position;
        if (PeekCode() == MessagePackCode.Float32)
        {
            var single = TakeSingle();
            return float.IsFinite(single) ? EcmaScriptNumber.Format(single, text) : throw OutOfRange("finite", position);
        }

        var value = TakeDouble();
        return double.IsFinite(value) ? EcmaScriptNumber.Format(value, text) : throw OutOfRange("finite", position);
    }

    private static double AsText(float value)
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return double.Parse(text[..EcmaScriptNumber.Format(value, text)], CultureInfo.InvariantCulture);
    }

    private static float AsText(double value)
    {
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return float.Parse(text[..EcmaScriptNumber.Format(value, text)], CultureInfo.InvariantCulture);
    }

    private ReadOnlySpan<byte> ReadText(string expected)
    {
        var code = PeekCode();
        if (code is not (>= MessagePackCode.FixStr and <= MessagePackCode.MaxFixStr or >= MessagePackCode.Str8 and <= MessagePackCode.Str32))
            throw Expected(expected);
        var text = Take(TakeTextLength(code));
        return Utf8.IsValid(text) ? text : Utf8Text.Repair(text);
    }

    private int TakeTextLength(byte code)
    {
        switch (code)
        {
            case MessagePackCode.Str8:
                return TakeLength(1, 1);
            case MessagePackCode.Str16:
                return TakeLength(2, 1);
            case MessagePackCode.Str32:
                return TakeLength(4, 1);
            default:
                var length = code & MessagePackCode.MaxFixStrLength;
                EnsureLeft(1 + length);
                _position++;
                return length;
        }
    }

    private int TakeCount()
    {
        var code = PeekCode();
        switch (code)
        {
            case MessagePackCode.Array16:
                return TakeLength(2, 1);
            case MessagePackCode.Array32:
                return TakeLength(4, 1);
            case MessagePackCode.Map16:
                return TakeLength(2, 2);
            case MessagePackCode.Map32:
                return TakeLength(4, 2);
            default:
                var count = code & MessagePackCode.MaxFixCount;
                EnsureLeft(1 + (count * (code <= MessagePackCode.MaxFixMap ? 2 : 1)));
                _position++;
                return count;
        }
    }

    // The data of an extension, whatever its type.
    private ReadOnlySpan<byte> TakeExtension()
    {
        var code = PeekCode();
        int length;
        switch (code)
        {
            case MessagePackCode.Ext8:
                length = TakeLength(1, 1);
                break;
            case MessagePackCode.Ext16:
                length = TakeLength(2, 1);
                break;
            case MessagePackCode.Ext32:
                length = TakeLength(4, 1);
                break;
            default:
                _position++;
                length = 1 << (code - MessagePackCode.FixExt1);
                break;
        }

        EnsureLeft(1 + length);
        _position++;
        return Take(length);
    }

    private readonly ValueKind KindOfExtension()
    {
        var lengthBytes = _bytes[_position] switch
        {
            MessagePackCode.Ext8 => 1,
            MessagePackCode.Ext16 => 2,
            MessagePackCode.Ext32 => 4,
            _ => 0,
        };
        EnsureLeft(2 + lengthBytes);
        return unchecked((sbyte)_bytes[_position + 1 + lengthBytes]) == MessagePackCode.Timestamp ? ValueKind.Timestamp : ValueKind.Extension;
    }

    // A code and a length of so many bytes. What it declares must be there before anything is done about it.
    private int TakeLength(int lengthBytes, int bytesEach)
    {
        EnsureLeft(1 + lengthBytes);
        var data = _bytes.Slice(_position + 1, lengthBytes);
        var declared = lengthBytes switch
        {
            1 => data[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(data),
            _ => BinaryPrimitives.ReadUInt32BigEndian(data),
        };
        EnsureLeft(1 + lengthBytes + (declared * bytesEach));
        _position += 1 + lengthBytes;
        return (int)declared;
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        EnsureLeft(length);
        var data = _bytes.Slice(_position, length);
        _position += length;
        return data;
    }

    private readonly void EnsureLeft(long length)
    {
        if (length > _bytes.Length - _position)
            throw Malformed($"The value declares or needs {length} bytes, but only {_bytes.Length - _position} are left.");
    }

    private readonly byte PeekCode()
    {
        EnsureLeft(1);
        return _bytes[_position];
    }

    private readonly EventSerializationException Expected(string expected) => Malformed($"Expected {expected}, found {Found}.");

    private readonly string Found => Kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "a boolean",
        ValueKind.Integer or ValueKind.Float => "a number",
        ValueKind.String => "text",
        ValueKind.Binary => "binary",
        ValueKind.Timestamp => "a timestamp",
        ValueKind.Extension => "an extension",
        ValueKind.Array => "an array",
        _ => "a map",
    };

    private readonly EventSerializationException Malformed(string message) => new(message, _position);

    private static EventSerializationException NotDecimal(int position) => OutOfRange("one that a decimal holds exactly", position);

    private static EventSerializationException OutOfRange(string expected, int position) => new($"The number is not {expected}.", position);
}
