namespace EventBus.Transport.InMemory;

/// <summary>A notification as a listener gets it: the bus namespace of its channel, its UTF-8, and the attachment that it names; without any of them, the end of listening there, in its turn.</summary>
/// <param name="Namespace">The bus namespace of the channel.</param>
/// <param name="Payload">The text; null at the end of listening.</param>
/// <param name="Attachment">What the text refers to.</param>
/// <param name="Ended">Is told when everything before the end of listening was handed over.</param>
internal readonly record struct StoredNotification(string Namespace, byte[]? Payload, StoredAttachment? Attachment, TaskCompletionSource? Ended = null);
