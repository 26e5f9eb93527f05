using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads notifications and attachments. Stateless; every method throws <see cref="EventSerializationException"/> for what is not a valid message.</summary>
/// <remarks>
/// Strict where a forged message could do harm: unknown types, values of the wrong kind, another bus namespace than the channel's, keys that come
/// twice. Lenient where peers differ: the order of keys, unknown keys, a missing <c>nsp</c> (emitter, adapters before 0.4) and missing flags.
/// </remarks>
internal static class NotificationDecoder
{
    /// <summary>Reads a notification: a whole message, or where it is attached only its header.</summary>
    /// <param name="payload">The payload in UTF-8. The message borrows it.</param>
    /// <param name="busNamespace">The namespace that the channel stands for.</param>
    /// <param name="header">The header of an attached message.</param>
    /// <returns>The message, or null where it is attached.</returns>
    public static ClusterMessage? Decode(ReadOnlyMemory<byte> payload, string busNamespace, out AttachmentHeader header)
    {
        var reader = new JsonValueReader(payload.Span);
        var envelope = Envelope.Read(ref reader, new EncodedValue(payload, ValueEncoding.Json), busNamespace);
        reader.EnsureEnd();
        if (envelope.AttachmentId == 0)
        {
            header = default;
            return envelope.ToMessage(busNamespace, payload.Length);
        }

        header = new AttachmentHeader(envelope.Uid, envelope.Type, envelope.AttachmentId, envelope.Key);
        return null;
    }

    /// <summary>Reads an attachment and checks it against its header: uid, type and EventBus's own key must agree.</summary>
    /// <param name="attachment">The attachment's bytes. The message borrows them.</param>
    /// <param name="busNamespace">The namespace that the channel stands for.</param>
    /// <param name="header">What the notification said.</param>
    /// <exception cref="EventSerializationException">
    /// It is not a valid message, or another one than the header announces (a table that was emptied may give its ids again): the attachment is lost.
    /// </exception>
    public static ClusterMessage DecodeAttachment(ReadOnlyMemory<byte> attachment, string busNamespace, in AttachmentHeader header)
    {
        var reader = new MessagePackValueReader(attachment.Span);
        var envelope = Envelope.Read(ref reader, new EncodedValue(attachment, ValueEncoding.MessagePack), busNamespace);
        reader.EnsureEnd();
        if (envelope.AttachmentId != 0)
            throw new EventSerializationException("An attachment holds the header of another attachment.", 0);
        if (envelope.Uid != header.Uid || envelope.Type != header.Type || envelope.Key != header.Key)
            throw new EventSerializationException($"Attachment {header.AttachmentId} holds another message than its notification announced.", 0);
        return envelope.ToMessage(busNamespace, attachment.Length);
    }
}
