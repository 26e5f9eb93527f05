using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads the small values of cluster messages: names, rooms, slices, digits.</summary>
internal static class WireValues
{
    /// <summary>The longest uid, request id, source or unique id that is accepted; those of the reference have 16 bytes.</summary>
    public const int MaxNameBytes = 128;

    private const int MaxReasonBytes = 512;

    /// <summary>Reads the id of a node, a source or a request.</summary>
    public static string ReadName<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var name = reader.ReadUtf8();
        return name.Length is > 0 and <= MaxNameBytes
            ? NameCache.Get(name)
            : throw new EventSerializationException(
                $"The id of a node, source or request has {name.Length} bytes; 1 to {MaxNameBytes} are allowed.", position);
    }

    /// <summary>Reads a sentence for the log. The rest of a long one is cut.</summary>
    public static string ReadReason<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var reason = reader.ReadUtf8();
        return Encoding.UTF8.GetString(reason[..Math.Min(reason.Length, MaxReasonBytes)]);
    }

    /// <summary>Reads an array of rooms. Duplicates count once.</summary>
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

    /// <summary>Checks and skips the next value, and returns its bytes.</summary>
    public static EncodedValue ReadSlice<TReader>(ref TReader reader, in EncodedValue bytes)
        where TReader : IValueReader, allows ref struct
    {
        var start = reader.Position;
        reader.Skip();
        return new EncodedValue(bytes.Bytes[start..reader.Position], bytes.Encoding);
    }

    /// <summary>Returns the text just read, without a copy if it is in the message unescaped.</summary>
    public static ReadOnlyMemory<byte> Borrow(ReadOnlySpan<byte> text, ReadOnlyMemory<byte> bytes) =>
        bytes.Span.Overlaps(text, out var offset) ? bytes.Slice(offset, text.Length) : text.ToArray();

    public static bool TextEquals(ReadOnlySpan<byte> utf8, string text)
    {
        if (Ascii.IsValid(utf8))
            return Ascii.Equals(utf8, text);
        return Encoding.UTF8.GetString(utf8) == text;
    }

    /// <summary>Parses a number that consists of digits only; 0 if it does not, or is too large.</summary>
    public static long ParseDigits(ReadOnlySpan<byte> utf8) =>
        !utf8.ContainsAnyExceptInRange((byte)'0', (byte)'9')
        && Utf8Parser.TryParse(utf8, out long number, out var consumed)
        && consumed == utf8.Length
            ? number
            : 0;
}

/// <summary>
/// Keeps the strings of short names that most messages repeat (nodes, sources, rooms), so that each is allocated once. Bounded; a race only
/// costs a string.
/// </summary>
internal static class NameCache
{
    private const int Slots = 1024;
    private const int MaxBytes = 64;

    private static readonly string?[] Names = new string?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes || !Ascii.IsValid(utf8))
            return Encoding.UTF8.GetString(utf8);
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref Names[hash.ToHashCode() & (Slots - 1)];
        var name = slot;
        return name is not null && Ascii.Equals(utf8, name) ? name : slot = Encoding.ASCII.GetString(utf8);
    }
}
