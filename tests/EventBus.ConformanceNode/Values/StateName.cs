namespace EventBus.ConformanceNode.Values;

/// <summary>How a bus's state is printed.</summary>
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
