using System.Buffers.Binary;
using System.Text;
using EventBus.Benchmarks.Events;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The messages Bind, Execute and Sync of a prepared statement whose parameters are a channel and a text array.</summary>
internal sealed class NotifyStatement
{
    public const string Name = "notify";

    private const int TextType = 25;
    private const int MostOverhead = 512;

    private readonly byte[] _buffer;
    private readonly int _arraySizeAt;
    private readonly int _countAt;
    private readonly int _firstAt;
    private int _length;

    public NotifyStatement(string channel, int capacity)
    {
        _buffer = new byte[MostOverhead + capacity * (sizeof(int) + EventText.MostBytes)];
        Write((byte)'B');
        Write(0); // The length of the message.
        Write(""); // The portal.
        Write(Name);
        Write((short)1); // One format for all parameters: binary.
        Write((short)1);
        Write((short)2);
        Write(Encoding.UTF8.GetByteCount(channel));
        _length += Encoding.UTF8.GetBytes(channel, _buffer.AsSpan(_length));
        _arraySizeAt = _length;
        Write(0);
        Write(1); // One dimension, without nulls.
        Write(0);
        Write(TextType);
        _countAt = _length;
        Write(0);
        Write(1); // The index of the first element.
        _firstAt = _length;
    }

    /// <summary>The events in the statement.</summary>
    public int Count { get; private set; }

    public void Add(long sentAt, long number)
    {
        var size = EventText.Write(_buffer.AsSpan(_length + sizeof(int)), sentAt, number);
        Write(size);
        _length += size;
        Count++;
    }

    /// <returns>The bytes of the three messages.</returns>
    public ReadOnlySpan<byte> Complete()
    {
        WriteAt(_arraySizeAt, _length - _arraySizeAt - sizeof(int));
        WriteAt(_countAt, Count);
        Write((short)0); // The results come as text.
        WriteAt(1, _length - 1);
        Write((byte)'E');
        Write(sizeof(int) + 1 + sizeof(int));
        Write("");
        Write(0); // All rows.
        Write((byte)'S');
        Write(sizeof(int));
        return _buffer.AsSpan(0, _length);
    }

    public void Clear() => (_length, Count) = (_firstAt, 0);

    private void Write(byte value) => _buffer[_length++] = value;

    private void Write(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(short);
    }

    private void Write(int value)
    {
        WriteAt(_length, value);
        _length += sizeof(int);
    }

    private void Write(string text)
    {
        _length += Encoding.UTF8.GetBytes(text, _buffer.AsSpan(_length));
        _buffer[_length++] = 0;
    }

    private void WriteAt(int at, int value) => BinaryPrimitives.WriteInt32BigEndian(_buffer.AsSpan(at), value);
}
