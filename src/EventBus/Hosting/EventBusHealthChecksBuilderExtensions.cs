using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Hosting;

/// <summary>Adds the bus to a host's health checks.</summary>
public static class EventBusHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while the bus can listen and publish, and else has the failure status. It is degraded while the bus
    /// starts or reconnects, if a handler was disconnected by a node and not added again, if another node has the uid of this one, and
    /// while PostgreSQL rejects the removal of old attachments. Its data holds the counters.
    /// </summary>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name.</param>
    /// <param name="failureStatus">The status of a bus that is stopped or was never started; null: unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    public static IHealthChecksBuilder AddEventBus(
        this IHealthChecksBuilder builder, string name = "eventbus", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name, static provider => new EventBusHealthCheck(provider.GetRequiredService<IEventBus>()), failureStatus, tags));
    }
}

/// <summary>Reports whether the bus can listen and publish, and its losses.</summary>
internal sealed class EventBusHealthCheck(IEventBus bus) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (state, statistics) = (bus.State, bus.Statistics);
        var status = state switch
        {
            BusState.Connected when statistics is { DisconnectedHandlers: 0, HasUidConflict: false, IsSweepRejected: false } =>
                HealthStatus.Healthy,
            BusState.Connected => HealthStatus.Degraded,
            BusState.Starting or BusState.Reconnecting => HealthStatus.Degraded,
            _ => context.Registration.FailureStatus,
        };
        var gone = statistics.DisconnectedHandlers > 0 ? $", {statistics.DisconnectedHandlers} handlers disconnected" : "";
        var twin = statistics.HasUidConflict ? ", another node has the uid of this node" : "";
        var swept = statistics.IsSweepRejected ? ", old attachments not removed" : "";
        var description = string.Create(
            CultureInfo.InvariantCulture,
            $"The bus is {state}; {statistics.Lost} events lost, {statistics.Dropped} dropped, {statistics.Reconnects} reconnects"
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
