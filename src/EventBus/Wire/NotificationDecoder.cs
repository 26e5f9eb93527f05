namespace EventBus.Wire;

/// <summary>Reads notifications and attachments. Stateless; every method throws <see cref="EventSerializationException"/> for what is not a valid message.</summary>
internal static class NotificationDecoder
{
    /// <summary>Reads a notification: a whole message, or where it is attached only its header.</summary>
    /// <param name="payload">The payload in UTF-8. The message borrows it.</param>
    /// <param name="busNamespace">The namespace that the channel stands for.</param>
    /// <param name="header">The header of an attached message.</param>
    /// <returns>The message, or null where it is attached.</returns>
    public static ClusterMessage? Decode(ReadOnlyMemory<byte> payload, string busNamespace, out AttachmentHeader header) => throw new NotImplementedException();

    /// <summary>Reads an attachment and checks it against its header: uid, type and EventBus's own key must agree.</summary>
    /// <param name="attachment">The attachment's bytes. The message borrows them.</param>
    /// <param name="busNamespace">The namespace that the channel stands for.</param>
    /// <param name="header">What the notification said.</param>
    public static ClusterMessage DecodeAttachment(ReadOnlyMemory<byte> attachment, string busNamespace, in AttachmentHeader header) => throw new NotImplementedException();
}
