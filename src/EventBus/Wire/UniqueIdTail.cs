using System.Globalization;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// The end of an event that is sent inside a caller's transaction: what follows <c>"eb":{"s":"…","i":</c>. Such an event has an id instead of a number, for it
/// may never be committed, and a number that is missing would be a loss. The id keeps two equal events of one transaction from becoming one notification.
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
