namespace EventBus.ConformanceNode.Values;

/// <summary>The names of the states of a bus in the driver's protocol.</summary>
internal static class StateName
{
    public static string Of(BusState state) => state switch
    {
        BusState.Created => "created",
        BusState.Starting => "starting",
        BusState.Connected => "connected",
        BusState.Reconnecting => "reconnecting",
        BusState.Stopping => "stopping",
        BusState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
