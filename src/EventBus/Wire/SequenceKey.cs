using System.Buffers.Text;
using System.Globalization;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>EventBus's own key of a cluster message, <c>"eb":{"s":…,"n":…}</c>: its source and its number.</summary>
/// <param name="Source">The publish pipeline, 16 hex digits; null if the message has no such key, because a Node.js peer sent it.</param>
/// <param name="Number">
/// The number of an event on its channel, counted from 1. On other messages it is the number of the last event before them, 0 if there was
/// none.
/// </param>
/// <param name="UniqueId">Instead of the number, for events sent inside a caller's transaction.</param>
/// <param name="Ordinal">
/// On messages other than events and heartbeats: a number of their own (<c>"k"</c>) that keeps equal ones from collapsing.
/// </param>
internal readonly record struct SequenceKey(string? Source, long? Number = null, string? UniqueId = null, long? Ordinal = null)
{
    private const WireKey Keys =
        WireKey.Source | WireKey.Number | WireKey.UniqueId | WireKey.Ordinal | WireKey.TraceParent | WireKey.Baggage;

    /// <summary>Reads <c>{"s":source,"n":number}</c> or <c>{"s":source,"i":id}</c>, and <c>"k":ordinal</c>.</summary>
    /// <param name="reader">A reader at the map.</param>
    /// <param name="bytes">The bytes of the reader, from its beginning.</param>
    /// <param name="trace">The trace of an event, which is no part of its identity.</param>
    public static SequenceKey Read<TReader>(ref TReader reader, ReadOnlyMemory<byte> bytes, ref WireTrace trace)
        where TReader : IValueReader, allows ref struct
    {
        var key = default(SequenceKey);
        var map = MapScan.Begin(ref reader, Keys);
        while (map.MoveNext(ref reader, out var part))
        {
            if (part is WireKey.TraceParent or WireKey.Baggage)
            {
                trace = trace.Read(part, ref reader, bytes);
                continue;
            }

            key = part switch
            {
                WireKey.Source => key with { Source = WireValues.ReadName(ref reader) },
                WireKey.Number => key with { Number = ReadNumber(ref reader) },
                WireKey.UniqueId => key with { UniqueId = WireValues.ReadName(ref reader) },
                _ => key with { Ordinal = ReadNumber(ref reader) },
            };
        }

        map.Require(map.Has(WireKey.UniqueId) ? WireKey.Source : WireKey.Source | WireKey.Number);
        if (map.Has(WireKey.UniqueId) && map.Has(WireKey.Number))
            throw new EventSerializationException("A cluster message has both a number and a unique id.", reader.Position);
        return key;
    }

    private static long ReadNumber<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var number = reader.ReadInt64();
        return number >= 0 ? number : throw new EventSerializationException("The number of a cluster message is negative.", position);
    }
}

/// <summary>
/// The end of every message that EventBus sends, behind <c>"eb":{"s":"…","n":</c>. It is written last because the number is assigned last;
/// only the trace of an event follows it. Messages other than events and heartbeats repeat the number of the last event, so they have an
/// ordinal of their own, <c>"k"</c>, too: PostgreSQL delivers equal notifications of one transaction once.
/// </summary>
internal static class NumberTail
{
    private const int MaxDigits = 19;
    private const int MaxMessagePackInteger = 9;

    /// <summary>The text before the number of an event of a source, <c>,"eb":{"s":"…","n":</c>.</summary>
    public static string TextBefore(string source) => $",\"eb\":{{\"s\":\"{source}\",\"n\":";

    /// <summary>
    /// Whether a broadcast ends with the number of a source. This needs no parsing: quotes inside a value are escaped, so nothing else in
    /// a message of this bus ends in this way.
    /// </summary>
    /// <param name="json">The message.</param>
    /// <param name="before">The <see cref="TextBefore"/> of the source.</param>
    public static bool IsBroadcastOf(ReadOnlySpan<char> json, ReadOnlySpan<char> before)
    {
        const string Start = "{\"type\":3,";
        const string End = "}}";
        if (!json.StartsWith(Start) || !json.EndsWith(End))
            return false;
        var text = TraceTail.Remove(json[..^End.Length]);
        var digits = text.LastIndexOfAnyExceptInRange('0', '9') + 1;
        return digits < text.Length && text[..digits].EndsWith(before);
    }

    private static ReadOnlySpan<byte> OrdinalInJson => ",\"k\":"u8;

    private static ReadOnlySpan<byte> EndInJson => "}}"u8;

    public static bool HasOrdinal(MessageType type) =>
        type is not (MessageType.Broadcast or MessageType.ServerSideEmit or MessageType.InitialHeartbeat or MessageType.Heartbeat);

    public static int MinJsonBytes(MessageType type) => JsonBytes(type, 1);

    public static int MaxJsonBytes(MessageType type) => JsonBytes(type, MaxDigits);

    public static int MaxMessagePackBytes => MaxMessagePackInteger + 1 + WireKeys.Ordinal.Length + MaxMessagePackInteger;

    public static void WriteJson(PooledBuffer buffer, MessageType type, long number, long ordinal)
    {
        WriteDigits(buffer, number);
        if (HasOrdinal(type))
        {
            buffer.Write(OrdinalInJson);
            WriteDigits(buffer, ordinal);
        }

        buffer.Write(EndInJson);
    }

    public static void WriteMessagePack(PooledBuffer buffer, MessageType type, long number, long ordinal)
    {
        var writer = new MessagePackValueWriter(buffer);
        writer.WriteInteger(number);
        if (!HasOrdinal(type))
            return;
        writer.WriteKey(WireKeys.Ordinal);
        writer.WriteInteger(ordinal);
    }

    private static int JsonBytes(MessageType type, int digits) =>
        digits + (HasOrdinal(type) ? OrdinalInJson.Length + digits : 0) + EndInJson.Length;

    private static void WriteDigits(PooledBuffer buffer, long number)
    {
        Utf8Formatter.TryFormat(number, buffer.GetSpan(MaxDigits + 1), out var written);
        buffer.Advance(written);
    }
}

/// <summary>
/// The end of an event that is sent inside a caller's transaction, behind <c>"eb":{"s":"…","i":</c>. It has an id instead of a number: the
/// transaction may never be committed, and a missing number would count as a loss. The id keeps two equal events of one transaction from
/// becoming one notification.
/// </summary>
internal static class UniqueIdTail
{
    private const int Digits = 16;
    private const string Format = "x16";

    public const int JsonBytes = Digits + 4;

    public const int MessagePackBytes = Digits + 1;

    public static void WriteJson(PooledBuffer buffer, long id)
    {
        buffer.Write("\""u8);
        id.TryFormat(buffer.GetSpan(Digits), out var written, Format, CultureInfo.InvariantCulture);
        buffer.Advance(written);
        buffer.Write("\"}}"u8);
    }

    public static void WriteMessagePack(PooledBuffer buffer, long id)
    {
        Span<byte> digits = stackalloc byte[Digits];
        id.TryFormat(digits, out _, Format, CultureInfo.InvariantCulture);
        var writer = new MessagePackValueWriter(buffer);
        writer.WriteUtf8(digits);
    }
}
