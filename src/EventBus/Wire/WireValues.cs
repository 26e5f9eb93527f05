using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads the small values that cluster messages are made of.</summary>
internal static class WireValues
{
    /// <summary>The longest uid, request id, source or unique id that is taken; the reference's have 16.</summary>
    public const int MaxNameBytes = 128;

    /// <summary>Reads the name of a node, a source or a request.</summary>
    public static string ReadName<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var name = reader.ReadUtf8();
        return name.Length is > 0 and <= MaxNameBytes
            ? NameCache.Get(name)
            : throw new EventSerializationException($"A node, source or request is named with {name.Length} bytes; 1 to {MaxNameBytes} are allowed.", position);
    }

    /// <summary>Reads an array of rooms; a room named twice counts once.</summary>
    public static RoomSet ReadRooms<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginArray();
        if (!reader.MoveNext(ref cursor))
            return default;
        var first = NameCache.Get(reader.ReadUtf8());
        if (!reader.MoveNext(ref cursor))
            return RoomSet.Of(first);
        var rooms = new List<string> { first };
        do
        {
            if (rooms.Count == SerializationLimits.MaxValues)
                throw SerializationLimits.TooManyValues(reader.Position);
            rooms.Add(NameCache.Get(reader.ReadUtf8()));
        }
        while (reader.MoveNext(ref cursor));

        return RoomSet.Of(CollectionsMarshal.AsSpan(rooms));
    }

    /// <summary>Skips the next value, checking it, and returns where it lies.</summary>
    public static EncodedValue ReadSlice<TReader>(ref TReader reader, in EncodedValue bytes)
        where TReader : IValueReader, allows ref struct
    {
        var start = reader.Position;
        reader.Skip();
        return new EncodedValue(bytes.Bytes[start..reader.Position], bytes.Encoding);
    }

    /// <summary>The text just read, without a copy where it stands in the message unescaped.</summary>
    public static ReadOnlyMemory<byte> Borrow(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> bytes) =>
        bytes.Span.Overlaps(text, out var offset) ? bytes.Slice(offset, text.Length) : text.ToArray();

    public static bool TextEquals(ReadOnlySpan<byte> utf8, string text)
    {
        if (Ascii.IsValid(utf8))
            return Ascii.Equals(utf8, text);
        return Encoding.UTF8.GetString(utf8) == text;
    }

    /// <summary>A number written with nothing but digits; 0 where it is not one, or too large.</summary>
    public static long ParseDigits(ReadOnlySpan<byte> utf8) =>
        !utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9') && Utf8Parser.TryParse(utf8, out long number, out var consumed) && consumed == utf8.Length
            ? number
            : 0;
}
