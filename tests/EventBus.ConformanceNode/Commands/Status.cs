using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>status</c>: the state and what was counted.</summary>
internal static class Status
{
    public static JsonObject Of(BusState state, in EventBusStatistics statistics) => new()
    {
        ["state"] = StateName.Of(state),
        ["published"] = statistics.Published,
        ["received"] = statistics.Received,
        ["lost"] = statistics.Lost,
        ["dropped"] = statistics.Dropped,
    };
}
