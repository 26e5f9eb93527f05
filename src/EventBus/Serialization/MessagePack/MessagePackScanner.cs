using System.Buffers.Binary;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Reads one MessagePack head and its data at a time, and checks that the bytes are there. It does not track nesting.</summary>
internal ref struct MessagePackScanner(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _position;

    public readonly int Position => _position;

    public readonly bool IsAtEnd => _position == _bytes.Length;

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

    /// <summary>Whether the next value is a float32.</summary>
    public readonly bool IsSingle => PeekCode() == MessagePackCode.Float32;

    public bool TryTakeNil()
    {
        if (IsAtEnd || _bytes[_position] != MessagePackCode.Nil)
            return false;
        _position++;
        return true;
    }

    public bool TakeBoolean()
    {
        var code = PeekCode();
        if (code is not (MessagePackCode.True or MessagePackCode.False))
            throw Expected("a boolean");
        _position++;
        return code == MessagePackCode.True;
    }

    public Int128 TakeInteger(string expected)
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

    public float TakeSingle()
    {
        _position++;
        return BinaryPrimitives.ReadSingleBigEndian(Take(sizeof(float)));
    }

    public double TakeDouble()
    {
        _position++;
        return BinaryPrimitives.ReadDoubleBigEndian(Take(sizeof(double)));
    }

    /// <summary>Reads text, and repairs ill-formed text.</summary>
    public ReadOnlySpan<byte> TakeText(string expected)
    {
        var text = TakeTextAsItIs(expected);
        return Utf8.IsValid(text) ? text : Utf8Text.Repair(text);
    }

    public ReadOnlySpan<byte> TakeBinary() => PeekCode() switch
    {
        MessagePackCode.Bin8 => Take(TakeLength(1, 1)),
        MessagePackCode.Bin16 => Take(TakeLength(2, 1)),
        MessagePackCode.Bin32 => Take(TakeLength(4, 1)),
        _ => throw Expected("binary"),
    };

    public DateTime TakeTimestamp()
    {
        var position = _position;
        return MessagePackTimestamp.TryParse(TakeExtension(), out var utc)
            ? utc
            : throw new EventSerializationException("The timestamp is malformed, or not between the years 1 and 9999.", position);
    }

    /// <summary>Reads the head of an array or map, and returns the number of values or pairs.</summary>
    public int TakeCount()
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

    /// <summary>Skips a value that is neither an array nor a map, and checks it.</summary>
    public void SkipScalar()
    {
        var code = PeekCode();
        switch (Kind)
        {
            case ValueKind.String:
                TakeTextAsItIs("text");
                break;
            case ValueKind.Binary:
                TakeBinary();
                break;
            case ValueKind.Timestamp:
                TakeTimestamp();
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

    public readonly EventSerializationException Malformed(string message) => new(message, _position);

    public readonly EventSerializationException Expected(string expected) => Malformed($"Expected {expected}, found {Found}.");

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

    private ReadOnlySpan<byte> TakeTextAsItIs(string expected)
    {
        var code = PeekCode();
        return code is >= MessagePackCode.FixStr and <= MessagePackCode.MaxFixStr or >= MessagePackCode.Str8 and <= MessagePackCode.Str32
            ? Take(TakeTextLength(code))
            : throw Expected(expected);
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

    // The data of an extension of any type.
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
        return unchecked((sbyte)_bytes[_position + 1 + lengthBytes]) == MessagePackCode.Timestamp
            ? ValueKind.Timestamp
            : ValueKind.Extension;
    }

    // Reads a code and a length of so many bytes. The declared bytes must be there before memory is used for them.
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
}
