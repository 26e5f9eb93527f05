namespace EventBus.Rooms;

/// <summary>A received event for handlers that know no contract.</summary>
internal sealed record UntypedEvent(string Name, IReadOnlyList<EventValue> Arguments);
