namespace EventBus;

/// <summary>The bus, publisher or socket was closed before the operation or while it waited.</summary>
public sealed class EventBusClosedException(string message) : EventBusException(message);
