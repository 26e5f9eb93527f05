namespace EventBus.Transport;

/// <summary>A notification as it was received: the bus namespace of its channel, and its text; without one, the end of listening there, in its turn.</summary>
/// <param name="Namespace">The bus namespace of the channel.</param>
/// <param name="Payload">The text; null at the end of listening.</param>
/// <param name="Ended">Is told when everything before the end of listening was handed over.</param>
internal readonly record struct Notification(string Namespace, string? Payload, TaskCompletionSource? Ended = null);
