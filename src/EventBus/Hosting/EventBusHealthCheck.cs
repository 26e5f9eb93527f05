using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Hosting;

/// <summary>Reports whether a bus or publisher is connected, and its losses.</summary>
internal sealed class EventBusHealthCheck : IHealthCheck
{
    private readonly string _kind;
    private readonly Func<(BusState, EventBusStatistics)> _read;

    public EventBusHealthCheck(IEventBus bus) => (_kind, _read) = ("bus", () => (bus.State, bus.Statistics));

    public EventBusHealthCheck(EventBusPublisher publisher)
    {
        _kind = "publisher";
        _read = () =>
        {
            publisher.RequestCheck(); // for the next result
            return (publisher.State, publisher.Statistics);
        };
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (state, statistics) = _read();
        var status = state switch
        {
            BusState.Connected when statistics is { DisconnectedHandlers: 0, HasUidConflict: false, IsSweepRejected: false } =>
                HealthStatus.Healthy,
            BusState.Connected or BusState.Reconnecting => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        var gone = statistics.DisconnectedHandlers > 0 ? $", {statistics.DisconnectedHandlers} handlers disconnected" : "";
        var twin = statistics.HasUidConflict ? ", another node has the uid of this node" : "";
        var swept = statistics.IsSweepRejected ? ", old attachments not removed" : "";
        var description = string.Create(
            CultureInfo.InvariantCulture,
            $"The {_kind} is {state}; {statistics.Lost} events lost, {statistics.Dropped} dropped, {statistics.Reconnects} reconnects"
            + $"{gone}{twin}{swept}.");
        var data = new Dictionary<string, object>
        {
            ["state"] = state.ToString(),
            ["published"] = statistics.Published,
            ["received"] = statistics.Received,
            ["lost"] = statistics.Lost,
            ["dropped"] = statistics.Dropped,
            ["reconnects"] = statistics.Reconnects,
            ["disconnectedHandlers"] = statistics.DisconnectedHandlers,
            ["uidConflicts"] = statistics.UidConflicts,
            ["failedSweeps"] = statistics.FailedSweeps,
            ["isSweepRejected"] = statistics.IsSweepRejected,
        };
        return Task.FromResult(new HealthCheckResult(status, description, data: data));
    }
}
