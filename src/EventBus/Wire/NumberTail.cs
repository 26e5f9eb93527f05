using System.Buffers.Text;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// The end of every message that EventBus sends, which is written last because the number is given last: what follows <c>"eb":{"s":"…","n":</c>. Messages
/// other than events and heartbeats repeat the number of the last event, so they have an ordinal of their own, <c>"k"</c>, too: PostgreSQL delivers
/// equal notifications of one transaction once.
/// </summary>
internal static class NumberTail
{
    private const int MaxDigits = 19;
    private const int MaxMessagePackInteger = 9;

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
