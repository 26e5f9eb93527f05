namespace EventBus.Transport;

/// <summary>A notification as it was received: the bus namespace of its channel, and its text; without one, the end of listening there, in its turn.</summary>
internal readonly record struct Notification(string Namespace, string? Payload);
