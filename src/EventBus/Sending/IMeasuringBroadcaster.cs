namespace EventBus;

/// <summary>What stands behind an operator of a contract: it can measure what it would send.</summary>
internal interface IMeasuringBroadcaster : IBroadcaster
{
    /// <summary>What takes an event in its place, sends nothing, and tells.</summary>
    IBroadcaster Measuring(EventMeasurement measurement);
}
