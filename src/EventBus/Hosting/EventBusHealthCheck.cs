using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Hosting;

/// <summary>Says whether the bus can listen and publish, and what it has lost so far.</summary>
internal sealed class EventBusHealthCheck(IEventBus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (state, statistics) = (bus.State, bus.Statistics);
        var status = state switch
        {
            BusState.Connected => HealthStatus.Healthy,
            BusState.Starting or BusState.Reconnecting => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        var description = string.Create(CultureInfo.InvariantCulture, $"The bus is {state}; {statistics.Lost} events lost, {statistics.Dropped} dropped, {statistics.Reconnects} reconnects.");
        var data = new Dictionary<string, object>
        {
            ["state"] = state.ToString(),
            ["published"] = statistics.Published,
            ["received"] = statistics.Received,
            ["lost"] = statistics.Lost,
            ["dropped"] = statistics.Dropped,
            ["reconnects"] = statistics.Reconnects,
        };
        return Task.FromResult(new HealthCheckResult(status, description, data: data));
    }
}
