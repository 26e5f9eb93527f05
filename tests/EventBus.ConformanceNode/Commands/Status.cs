using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>status</c>: the state and what was counted.</summary>
internal static class Status
{
    /// <param name="state">What state it is in.</param>
    /// <param name="statistics">What the bus or publisher has counted.</param>
    /// <param name="committed">The events of committed transactions, of whose end the bus does not learn.</param>
    public static JsonObject Of(BusState state, in EventBusStatistics statistics, long committed) => new()
    {
        ["state"] = StateName.Of(state),
        ["published"] = statistics.Published + committed,
        ["received"] = statistics.Received,
        ["lost"] = statistics.Lost,
        ["dropped"] = statistics.Dropped,
    };
}
