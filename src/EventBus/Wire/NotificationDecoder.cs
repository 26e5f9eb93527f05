using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// Reads notifications and attachments. Every method throws <see cref="EventSerializationException"/> if the message is not valid.
/// </summary>
/// <remarks>
/// It rejects everything by which a forged message could do harm: unknown types, values of the wrong kind, a bus namespace other than the
/// channel's, duplicate keys. It accepts the differences between peers: the order of keys, unknown keys, a missing <c>nsp</c> (emitter,
/// adapters before 0.4) and missing flags.
/// </remarks>
internal static class NotificationDecoder
{
    /// <summary>Reads a notification: a whole message, or the header of an attached one.</summary>
    /// <param name="payload">The payload in UTF-8. The message borrows it.</param>
    /// <param name="busNamespace">The bus namespace of the channel.</param>
    /// <param name="header">The header of an attached message.</param>
    /// <param name="reused">A message that is used again if this is an event that requests no acks; null if none can be.</param>
    /// <returns>The message, or null if it is attached.</returns>
    public static ClusterMessage? Decode(
        ReadOnlyMemory<byte> payload, string busNamespace, out AttachmentHeader header, ClusterMessage? reused = null)
    {
        var reader = new JsonValueReader(payload.Span);
        var envelope = Envelope.Read(ref reader, new EncodedValue(payload, ValueEncoding.Json), busNamespace);
        reader.EnsureEnd();
        if (envelope.AttachmentId == 0)
        {
            header = default;
            var message = envelope.IsPlainEvent && reused is not null ? reused : new ClusterMessage();
            return message.Set(envelope, busNamespace, payload.Length, isAttached: false);
        }

        header = new AttachmentHeader(envelope.Uid, envelope.Type, envelope.AttachmentId, envelope.Key);
        return null;
    }

    /// <summary>Reads an attachment and checks it against its header: uid, type and EventBus's own key must agree.</summary>
    /// <param name="attachment">The bytes of the attachment. The message borrows them.</param>
    /// <param name="busNamespace">The bus namespace of the channel.</param>
    /// <param name="header">The header in the notification.</param>
    /// <exception cref="EventSerializationException">
    /// It is not a valid message, or not the one that the header announces (an emptied table may reuse its ids): the attachment is lost.
    /// </exception>
    public static ClusterMessage DecodeAttachment(ReadOnlyMemory<byte> attachment, string busNamespace, in AttachmentHeader header)
    {
        var message = DecodeAttachment(attachment, busNamespace);
        if (!header.Announces(message.Uid, message.Type, message.Key))
            throw new EventSerializationException(header.OtherMessage, 0);
        return message;
    }

    /// <summary>Reads an attachment, to be compared with its header later.</summary>
    /// <exception cref="EventSerializationException">It is not a valid message.</exception>
    public static ClusterMessage DecodeAttachment(ReadOnlyMemory<byte> attachment, string busNamespace)
    {
        var reader = new MessagePackValueReader(attachment.Span);
        var envelope = Envelope.Read(ref reader, new EncodedValue(attachment, ValueEncoding.MessagePack), busNamespace);
        reader.EnsureEnd();
        if (envelope.AttachmentId != 0)
            throw new EventSerializationException("An attachment holds the header of another attachment.", 0);
        return new ClusterMessage().Set(envelope, busNamespace, attachment.Length, isAttached: true);
    }
}

/// <summary>
/// The notification of an attached message: <c>{"uid":…,"type":…,"attachmentId":"…"}</c>, and EventBus's own key if a .NET node sent it.
/// </summary>
internal readonly record struct AttachmentHeader(string Uid, MessageType Type, long AttachmentId, SequenceKey Key)
{
    /// <summary>The failure if the attachment is not the announced message.</summary>
    public string OtherMessage => $"Attachment {AttachmentId} is not the message that was announced.";

    /// <summary>Whether it announces a message: uid, type and EventBus's own key agree.</summary>
    public bool Announces(string? uid, MessageType type, in SequenceKey key) => Uid == uid && Type == type && Key == key;
}
