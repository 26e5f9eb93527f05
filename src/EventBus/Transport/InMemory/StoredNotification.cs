namespace EventBus.Transport.InMemory;

/// <summary>A notification as a listener gets it: the bus namespace of its channel, its UTF-8, and the attachment that it names.</summary>
internal readonly record struct StoredNotification(string Namespace, byte[] Payload, StoredAttachment? Attachment);
