namespace EventBus;

/// <summary>The connection was lost while PostgreSQL was publishing the event: other nodes received it, or they did not. Emitting it again can deliver it twice.</summary>
public sealed class EventOutcomeUnknownException(string message, Exception? innerException = null)
    : EventBusException(message, innerException);
