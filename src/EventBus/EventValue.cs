namespace EventBus;

/// <summary>Any JSON value, binary or timestamp: an argument of an event with no fixed type. Immutable.</summary>
public readonly struct EventValue
{
    /// <summary>What the value is.</summary>
    public EventValueKind Kind { get; }
}
