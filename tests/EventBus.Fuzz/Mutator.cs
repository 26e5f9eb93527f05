using System.Buffers.Binary;
using EventBus.Serialization;

namespace EventBus.Fuzz;

/// <summary>Mutates valid messages: a few random changes each, some blind, some aware of the encoding.</summary>
internal sealed class Mutator(int seed)
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxBomb = 600;

    private static readonly byte[][] JsonPieces =
    [
        .. ((string[])
        [
            "null", "true", "0", "-0", "-1", "1e999", "1.5", "9223372036854775808", "18446744073709551616", "1E-400", "01", "NaN",
            "\"\"", "\"\\ud800\"", "\"\\u0000\"", "\"\\x\"", "[]", "{}", "[", "]", "{", "}", ",", ":", "\"", "\\", "//", "/*",
            "\"type\":3", "\"type\":2", "\"packet\":{}", "\"packet\":", "\"data\":", "\"uid\":\"x\"", "\"nsp\":\"/\"",
            "\"eb\":{\"s\":\"a\",\"n\":-1}", "\"n\":1e400", "\"attachmentId\":\"99999999999999999999\"", "\"attachmentId\":-1",
            "\"timeout\":1e300", "\"rooms\":[1]", "\"\\u0074ype\":3",
        ]).Select(piece => System.Text.Encoding.UTF8.GetBytes(piece)),
        [0xFF], [0xED, 0xA0, 0x80], [0xEF, 0xBB, 0xBF],
    ];

    private static readonly byte[][] MessagePackPieces =
    [
        [0xC0], [0xC1], [0xC2], [0xC3], [0x00], [0xFF], [0x80], [0x90], [0xA0], [0x81, 0xC0, 0xC0], [0xC4, 0x00],
        [0xD6, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [0xD7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xC7, 0x0C, 0xFF, 0x3B, 0x9A, 0xCA, 0x00, 0, 0, 0, 0, 0, 0, 0, 0], [0xD4, 0x05, 0x00], [0xC7, 0x00, 0x01],
        [0xCA, 0x7F, 0xC0, 0x00, 0x00], [0xCB, 0x7F, 0xF0, 0, 0, 0, 0, 0, 0], [0xCF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        [0xD3, 0x80, 0, 0, 0, 0, 0, 0, 0],
        [0xA3, 0xED, 0xA0, 0x80], [0xA1, 0xFF],
    ];

    // The types that declare a length or count of 2 or 4 bytes.
    private static readonly byte[] LengthCodes = [0xC5, 0xC6, 0xC8, 0xC9, 0xDA, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF];

    private readonly Random _random = new(seed);
    private readonly byte[] _bytes = new byte[MaxBytes];
    private int _length;

    /// <summary>Returns a mutated copy of one message, perhaps with parts of another.</summary>
    public ReadOnlyMemory<byte> Mutate(FuzzSeed seed, FuzzSeed other)
    {
        _length = 0;
        Insert(0, seed.Bytes);
        do
            Change(seed.Encoding, other.Bytes);
        while (_length > 0 && _random.Next(2) == 0);
        return _bytes.AsMemory(0, _length);
    }

    private void Change(ValueEncoding encoding, byte[] other)
    {
        var at = _random.Next(_length);
        switch (_random.Next(10))
        {
            case 0:
                _bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                _bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                _length = at;
                break;
            case 3:
                Remove(at, 1 + _random.Next(Math.Min(16, _length - at)));
                break;
            case 4:
                Insert(at, _bytes.AsSpan(at, 1 + _random.Next(Math.Min(64, _length - at))).ToArray());
                break;
            case 5:
                Splice(at, other);
                break;
            case 6:
                Bomb(at, encoding);
                break;
            case 7 when encoding is ValueEncoding.MessagePack:
                Lie(at);
                break;
            case 8:
                Overwrite(at, Piece(encoding));
                break;
            default:
                Insert(at, Piece(encoding));
                break;
        }
    }

    private byte[] Piece(ValueEncoding encoding)
    {
        var pieces = encoding is ValueEncoding.Json ? JsonPieces : MessagePackPieces;
        return pieces[_random.Next(pieces.Length)];
    }

    /// <summary>Replaces the rest by that of another message.</summary>
    private void Splice(int at, byte[] other)
    {
        var from = _random.Next(other.Length);
        _length = at;
        Insert(at, other.AsSpan(from));
    }

    /// <summary>Opens very many collections, or nests them.</summary>
    private void Bomb(int at, ValueEncoding encoding)
    {
        var unit = (encoding, _random.Next(2)) switch
        {
            (ValueEncoding.Json, 0) => "["u8,
            (ValueEncoding.Json, _) => "{\"a\":"u8,
            (_, 0) => [0x91],
            _ => [0x81, 0xA1, 0x61],
        };
        var bomb = new byte[unit.Length * _random.Next(MaxBomb)];
        for (var i = 0; i < bomb.Length; i += unit.Length)
            unit.CopyTo(bomb.AsSpan(i));
        Insert(at, bomb);
    }

    /// <summary>Declares a length beyond the end.</summary>
    private void Lie(int at)
    {
        Span<byte> lie = stackalloc byte[5];
        lie[0] = LengthCodes[_random.Next(LengthCodes.Length)];
        BinaryPrimitives.WriteUInt32BigEndian(lie[1..], _random.Next(3) switch
        {
            0 => uint.MaxValue,
            1 => int.MaxValue,
            _ => (uint)_random.Next(_length * 2),
        });
        Overwrite(at, lie);
    }

    private void Remove(int at, int count)
    {
        _bytes.AsSpan(at + count, _length - at - count).CopyTo(_bytes.AsSpan(at));
        _length -= count;
    }

    private void Overwrite(int at, ReadOnlySpan<byte> piece) => piece[..Math.Min(piece.Length, _length - at)].CopyTo(_bytes.AsSpan(at));

    private void Insert(int at, ReadOnlySpan<byte> piece)
    {
        piece = piece[..Math.Min(piece.Length, MaxBytes - _length)];
        _bytes.AsSpan(at, _length - at).CopyTo(_bytes.AsSpan(at + piece.Length));
        piece.CopyTo(_bytes.AsSpan(at));
        _length += piece.Length;
    }
}
