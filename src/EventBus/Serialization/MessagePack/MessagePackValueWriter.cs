using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>Writes values as MessagePack, each in its smallest form.</summary>
internal ref struct MessagePackValueWriter(PooledBuffer buffer) : IValueWriter
{
    private const int MaxShortText = 128;
    private const int LongestShortHead = 3;
    private const int MaxBytesPerChar = 3;

    private readonly PooledBuffer _buffer = buffer;
    private int _depth;

    public readonly int BytesWritten => _buffer.Length;

    public void WriteNull() => WriteByte(MessagePackCode.Nil);

    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    public void WriteInteger(long value)
    {
        switch (value)
        {
            case >= 0:
                WriteInteger((ulong)value);
                break;
            case >= MessagePackCode.MinNegativeFixInt:
                WriteByte(unchecked((byte)value));
                break;
            case >= sbyte.MinValue:
                WriteHead8(MessagePackCode.Int8, unchecked((byte)value));
                break;
            case >= short.MinValue:
                WriteHead16(MessagePackCode.Int16, unchecked((ushort)value));
                break;
            case >= int.MinValue:
                WriteHead32(MessagePackCode.Int32, unchecked((uint)value));
                break;
            default:
                WriteHead64(MessagePackCode.Int64, unchecked((ulong)value));
                break;
        }
    }

    public void WriteInteger(ulong value)
    {
        switch (value)
        {
            case <= MessagePackCode.MaxPositiveFixInt:
                WriteByte((byte)value);
                break;
            case <= byte.MaxValue:
                WriteHead8(MessagePackCode.UInt8, (byte)value);
                break;
            case <= ushort.MaxValue:
                WriteHead16(MessagePackCode.UInt16, (ushort)value);
                break;
            case <= uint.MaxValue:
                WriteHead32(MessagePackCode.UInt32, (uint)value);
                break;
            default:
                WriteHead64(MessagePackCode.UInt64, value);
                break;
        }
    }

    public void WriteSingle(float value)
    {
        if (float.IsFinite(value))
            WriteHead32(MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));
        else
            WriteNull();
    }

    public void WriteDouble(double value)
    {
        if (double.IsFinite(value))
            WriteHead64(MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));
        else
            WriteNull();
    }

    public void WriteNumber(scoped ReadOnlySpan<byte> text) => MessagePackNumber.Parse(text).Write(ref this);

    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        if (value.Length <= MaxShortText)
        {
            WriteShortText(value);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(value);
        WriteStringHead(length);
        Encoding.UTF8.GetBytes(value, _buffer.Append(length));
    }

    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        if (!Utf8.IsValid(value))
            value = Utf8Text.Repair(value);
        WriteStringHead(value.Length);
        _buffer.Write(value);
    }

    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        switch (value.Length)
        {
            case <= byte.MaxValue:
                WriteHead8(MessagePackCode.Bin8, (byte)value.Length);
                break;
            case <= ushort.MaxValue:
                WriteHead16(MessagePackCode.Bin16, (ushort)value.Length);
                break;
            default:
                WriteHead32(MessagePackCode.Bin32, (uint)value.Length);
                break;
        }

        _buffer.Write(value);
    }

    public void WriteTimestamp(DateTime utc) =>
        _buffer.Advance(MessagePackTimestamp.Format(utc, _buffer.GetSpan(MessagePackTimestamp.MaxLength)));

    public void BeginArray(int count) => Begin(count, MessagePackCode.FixArray, MessagePackCode.Array16, MessagePackCode.Array32);

    public void EndArray() => _depth--;

    public void BeginMap(int count) => Begin(count, MessagePackCode.FixMap, MessagePackCode.Map16, MessagePackCode.Map32);

    public void EndMap() => _depth--;

    public void WriteKey(scoped ReadOnlySpan<byte> utf8) => WriteUtf8(utf8);

    public void WriteKey(scoped ReadOnlySpan<char> text) => WriteString(text);

    private void Begin(int count, byte fix, byte head16, byte head32)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (++_depth > SerializationLimits.MaxDepth)
            throw SerializationLimits.TooDeep();
        switch (count)
        {
            case <= MessagePackCode.MaxFixCount:
                WriteByte((byte)(fix | count));
                break;
            case <= ushort.MaxValue:
                WriteHead16(head16, (ushort)count);
                break;
            default:
                WriteHead32(head32, (uint)count);
                break;
        }
    }

    // One pass: text is encoded behind the head that ASCII would need, and moved if that is too short.
    private readonly void WriteShortText(scoped ReadOnlySpan<char> value)
    {
        var span = _buffer.GetSpan(LongestShortHead + (MaxBytesPerChar * value.Length));
        var expected = value.Length <= MessagePackCode.MaxFixStrLength ? 1 : 2;
        var length = Encoding.UTF8.GetBytes(value, span[expected..]);
        var head = length <= MessagePackCode.MaxFixStrLength ? 1 : length <= byte.MaxValue ? 2 : 3;
        if (head != expected)
            span.Slice(expected, length).CopyTo(span[head..]);
        WriteStringHead(length);
        _buffer.Advance(length);
    }

    private readonly void WriteStringHead(int length)
    {
        switch (length)
        {
            case <= MessagePackCode.MaxFixStrLength:
                WriteByte((byte)(MessagePackCode.FixStr | length));
                break;
            case <= byte.MaxValue:
                WriteHead8(MessagePackCode.Str8, (byte)length);
                break;
            case <= ushort.MaxValue:
                WriteHead16(MessagePackCode.Str16, (ushort)length);
                break;
            default:
                WriteHead32(MessagePackCode.Str32, (uint)length);
                break;
        }
    }

    private readonly void WriteByte(byte value)
    {
        _buffer.Append(1)[0] = value;
    }

    private readonly void WriteHead8(byte code, byte value)
    {
        var span = _buffer.Append(2);
        span[0] = code;
        span[1] = value;
    }

    private readonly void WriteHead16(byte code, ushort value)
    {
        var span = _buffer.Append(3);
        span[0] = code;
        BinaryPrimitives.WriteUInt16BigEndian(span[1..], value);
    }

    private readonly void WriteHead32(byte code, uint value)
    {
        var span = _buffer.Append(5);
        span[0] = code;
        BinaryPrimitives.WriteUInt32BigEndian(span[1..], value);
    }

    private readonly void WriteHead64(byte code, ulong value)
    {
        var span = _buffer.Append(9);
        span[0] = code;
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value);
    }
}
