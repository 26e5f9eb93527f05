using System.Text;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>Encoders, packet data and acks for tests.</summary>
internal static class Message
{
    public const string Uid = "1c929de0d13ecb0d";

    public const string Source = "00112233445566ff";

    public static MessageEncoder Encoder(
        string? source = Source,
        int payloadThreshold = EventBusDefaults.PayloadThreshold,
        string busNamespace = "/") => new(new MessageEncoderOptions
        {
            Channel = ChannelName.Of(EventBusDefaults.ChannelPrefix, busNamespace),
            Namespace = busNamespace,
            Uid = Uid,
            Source = source,
            PayloadThreshold = payloadThreshold,
        });

    /// <summary>A value given as JSON.</summary>
    public static EncodedCopy Json(string json) => new(new EncodedValue(Encoding.UTF8.GetBytes(json), ValueEncoding.Json));

    /// <summary>The event <c>b</c> with one text.</summary>
    public static EncodedCopy Event(string text) => Json($"""["b","{text}"]""");

    /// <summary>The event <c>bin</c> with five bytes.</summary>
    public static EncodedCopy BinaryEvent() =>
        new(new EncodedValue(Convert.FromHexString("92a362696ec405000102fdff"), ValueEncoding.MessagePack));

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);

    /// <summary>A value of either encoding as JSON text; binary becomes null.</summary>
    public static string AsJson(EncodedValue value)
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        new EncodedCopy(value).WriteTo(ref writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
