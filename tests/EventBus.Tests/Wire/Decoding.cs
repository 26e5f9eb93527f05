using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>Decodes notifications like the transport.</summary>
internal static class Decoding
{
    public static ClusterMessage Decode(GoldenMessage golden) => Decode(golden.Payload, golden.Attachment, golden.Namespace);

    public static ClusterMessage Decode(byte[] payload, byte[]? attachment, string busNamespace)
    {
        var message = NotificationDecoder.Decode(payload, busNamespace, out var header);
        if (attachment is null)
            return Assert.IsType<ClusterMessage>(message);
        Assert.Null(message);
        return NotificationDecoder.DecodeAttachment(attachment, busNamespace, in header);
    }

    /// <summary>Decodes a published message; its attachment gets the id 7.</summary>
    public static ClusterMessage Decode(OutgoingMessage message, string busNamespace) => message.IsAttached
        ? Decode([.. message.Head.Span, (byte)'7', .. message.Tail.Span], message.Attachment.ToArray(), busNamespace)
        : Decode(message.Payload.ToArray(), null, busNamespace);

    public static EncodedValue WholeOf(GoldenMessage golden) => golden.Attachment is { } attachment
        ? new EncodedValue(attachment, ValueEncoding.MessagePack)
        : new EncodedValue(golden.Payload, ValueEncoding.Json);
}
