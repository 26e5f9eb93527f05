namespace EventBus;

/// <summary>
/// A socket's queue is full, and its newest events are dropped until it has drained. Given to <see cref="EventBusOptions.ErrorHandler"/>
/// once, with the first of them.
/// </summary>
public sealed class EventsDroppedException(string message) : EventBusException(message);
