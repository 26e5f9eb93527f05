using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>status</c>: the state and the counters.</summary>
internal static class Status
{
    /// <param name="state">The present state.</param>
    /// <param name="statistics">The counters of the bus or publisher.</param>
    /// <param name="committed">The events of committed transactions, which the bus cannot count.</param>
    public static JsonObject Of(BusState state, in EventBusStatistics statistics, long committed) => new()
    {
        ["state"] = StateName.Of(state),
        ["published"] = statistics.Published + committed,
        ["received"] = statistics.Received,
        ["lost"] = statistics.Lost,
        ["dropped"] = statistics.Dropped,
    };
}
