namespace EventBus.Transport;

/// <summary>A notification as it was received: the bus namespace of its channel, and its text.</summary>
internal readonly record struct Notification(string Namespace, string Payload);
