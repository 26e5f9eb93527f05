using System.Globalization;
using System.Numerics;
using System.Text;

namespace EventBus.Serialization;

/// <summary>Reads values from MessagePack. It accepts every form of the specification, not only the smallest.</summary>
internal ref struct MessagePackValueReader(ReadOnlySpan<byte> bytes) : IValueReader
{
    private MessagePackScanner _scanner = new(bytes);
    private int _depth;
    private byte[]? _number;

    public readonly int Position => _scanner.Position;

    public readonly ValueKind Kind => _scanner.Kind;

    public bool TryReadNull() => _scanner.TryTakeNil();

    public bool ReadBoolean() => _scanner.TakeBoolean();

    public long ReadInt64()
    {
        var position = Position;
        var integer = ReadInteger();
        return integer >= long.MinValue && integer <= long.MaxValue
            ? (long)integer
            : throw OutOfRange("an integer between -2^63 and 2^63-1", position);
    }

    public ulong ReadUInt64()
    {
        var position = Position;
        var integer = ReadInteger();
        return integer >= 0 && integer <= ulong.MaxValue
            ? (ulong)integer
            : throw OutOfRange("an integer between 0 and 2^64-1", position);
    }

    public double ReadDouble()
    {
        if (Kind != ValueKind.Float)
            return (double)_scanner.TakeInteger("a number");
        return _scanner.IsSingle ? NumberText.ToDouble(_scanner.TakeSingle()) : _scanner.TakeDouble();
    }

    public float ReadSingle()
    {
        if (Kind != ValueKind.Float)
            return NumberText.ToSingle(_scanner.TakeInteger("a number"));
        if (_scanner.IsSingle)
            return _scanner.TakeSingle();
        var position = Position;
        var value = _scanner.TakeDouble();
        var single = NumberText.ToSingle(value);
        return float.IsFinite(single) || !double.IsFinite(value) ? single : throw OutOfRange("within the range of a single", position);
    }

    public decimal ReadDecimal()
    {
        const string Expected = "one that a decimal holds exactly";
        var position = Position;
        switch (Kind)
        {
            case ValueKind.Integer:
                return (decimal)_scanner.TakeInteger("a number");
            case ValueKind.Float:
                Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
                return ExactNumber.TryParseDecimal(text[..TakeFloatAsText(text)], out var number)
                    ? number
                    : throw OutOfRange(Expected, position);
            default:
                return ExactNumber.TryParseDecimal(_scanner.TakeText("a number, or text with one"), out var value)
                    ? value
                    : throw OutOfRange(Expected, position);
        }
    }

    public BigInteger ReadBigInteger()
    {
        const string Expected = "an integer";
        var position = Position;
        switch (Kind)
        {
            case ValueKind.Integer:
                return _scanner.TakeInteger("a number");
            case ValueKind.Float:
                Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
                return ExactNumber.TryParseInteger(text[..TakeFloatAsText(text)], out BigInteger number)
                    ? number
                    : throw OutOfRange(Expected, position);
            default:
                return ExactNumber.TryParseInteger(_scanner.TakeText("a number, or text with one"), out BigInteger value)
                    ? value
                    : throw OutOfRange(Expected, position);
        }
    }

    public ReadOnlySpan<byte> ReadNumber()
    {
        _number ??= new byte[EcmaScriptNumber.MaxLength];
        if (Kind == ValueKind.Float)
            return _number.AsSpan(0, FormatFloat(_number));
        _scanner.TakeInteger("a number").TryFormat(_number, out var length, default, CultureInfo.InvariantCulture);
        return _number.AsSpan(0, length);
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public ReadOnlySpan<byte> ReadUtf8() => _scanner.TakeText("text");

    public ReadOnlySpan<byte> ReadBinary() => _scanner.TakeBinary();

    public DateTime ReadTimestamp()
    {
        if (Kind == ValueKind.Timestamp)
            return _scanner.TakeTimestamp();
        var position = Position;
        return TimestampText.TryParse(_scanner.TakeText("a timestamp, or text with one"), out var time)
            ? time
            : throw new EventSerializationException("The text is not an ISO 8601 point in time between the years 1 and 9999.", position);
    }

    public ValueCursor BeginArray() => Kind == ValueKind.Array ? Enter() : throw _scanner.Expected("an array");

    public ValueCursor BeginMap() => Kind == ValueKind.Map ? Enter() : throw _scanner.Expected("a map");

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

    public ReadOnlySpan<byte> ReadKey() => _scanner.TakeText("a key that is text");

    public void Skip()
    {
        // How many values, including keys, are left on each level.
        Span<int> left = stackalloc int[SerializationLimits.MaxDepth + 1];
        var depth = _depth;
        left[depth] = 1;
        while (true)
        {
            left[depth]--;
            var kind = Kind;
            if (kind is ValueKind.Array or ValueKind.Map)
            {
                EnsureDepth(++depth);
                left[depth] = kind == ValueKind.Map ? _scanner.TakeCount() * 2 : _scanner.TakeCount();
            }
            else
            {
                _scanner.SkipScalar();
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
    /// <exception cref="EventSerializationException">Other bytes follow the value.</exception>
    public readonly void EnsureEnd()
    {
        if (!_scanner.IsAtEnd)
            throw _scanner.Malformed("The MessagePack value is followed by something.");
    }

    private ValueCursor Enter()
    {
        EnsureDepth(_depth + 1);
        var cursor = new ValueCursor { Remaining = _scanner.TakeCount() };
        _depth++;
        return cursor;
    }

    private readonly void EnsureDepth(int depth)
    {
        if (depth > SerializationLimits.MaxDepth)
            throw SerializationLimits.TooDeep(Position);
    }

    private Int128 ReadInteger()
    {
        if (Kind != ValueKind.Float)
            return _scanner.TakeInteger("an integer");
        var position = Position;
        Span<byte> text = stackalloc byte[EcmaScriptNumber.MaxLength];
        return ExactNumber.TryParseInteger(text[..TakeFloatAsText(text)], out Int128 integer)
            ? integer
            : throw OutOfRange("an integer of 64 bits", position);
    }

    // Writes the JSON text of the float, and returns its length.
    private int TakeFloatAsText(scoped Span<byte> text)
    {
        var position = Position;
        return FormatFloat(text) is > 0 and var length ? length : throw OutOfRange("finite", position);
    }

    // The length is 0 if the float is not finite: JSON has no text for it.
    private int FormatFloat(scoped Span<byte> text)
    {
        if (_scanner.IsSingle)
        {
            var single = _scanner.TakeSingle();
            return float.IsFinite(single) ? EcmaScriptNumber.Format(single, text) : 0;
        }

        var value = _scanner.TakeDouble();
        return double.IsFinite(value) ? EcmaScriptNumber.Format(value, text) : 0;
    }

    private static EventSerializationException OutOfRange(string expected, int position) => new($"The number is not {expected}.", position);
}
