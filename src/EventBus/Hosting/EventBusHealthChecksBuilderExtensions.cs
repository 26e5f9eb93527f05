using EventBus;
using EventBus.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the bus or publisher to a host's health checks.</summary>
public static class EventBusHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check of the bus or publisher of the services. The check is healthy while the bus or publisher is connected, and degraded
    /// while it reconnects. It has the failure status before the first connection, and after the stop.
    /// </summary>
    /// <remarks>
    /// A bus is also degraded if a handler was disconnected by a node and not added again, if another node has its uid, and while
    /// PostgreSQL rejects the removal of old attachments. The data of the result holds the counters.
    /// </remarks>
    /// <param name="builder">The health checks.</param>
    /// <param name="name">The check's name; null: <c>eventbus</c>, or <c>eventbus-key</c> with a key.</param>
    /// <param name="failureStatus">The status if it is not connected and does not reconnect; null: unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    /// <param name="serviceKey">The key of the bus or publisher; null: the one without a key.</param>
    public static IHealthChecksBuilder AddEventBus(
        this IHealthChecksBuilder builder,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null,
        object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(
            name ?? (serviceKey is null ? "eventbus" : $"eventbus-{serviceKey}"),
            provider => Create(provider, name, serviceKey),
            failureStatus,
            tags));
    }

    /// <summary>Adds a check of the bus or publisher with a service key.</summary>
    /// <inheritdoc cref="AddEventBus" path="/remarks"/>
    /// <param name="builder">The health checks.</param>
    /// <param name="serviceKey">The key of the bus or publisher.</param>
    /// <param name="name">The check's name; null: <c>eventbus-key</c>.</param>
    /// <param name="failureStatus">The status if it is not connected and does not reconnect; null: unhealthy.</param>
    /// <param name="tags">Tags to filter checks by.</param>
    public static IHealthChecksBuilder AddKeyedEventBus(
        this IHealthChecksBuilder builder,
        object serviceKey,
        string? name = null,
        HealthStatus? failureStatus = null,
        IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return builder.AddEventBus(name, failureStatus, tags, serviceKey);
    }

    private static EventBusHealthCheck Create(IServiceProvider services, string? name, object? serviceKey)
    {
        string[] keys = [.. services.GetServices<EventBusRegistration>().Select(static bus => bus.Name).OfType<string>()];
        if (serviceKey is null && keys.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                $"AddHealthChecks().AddEventBus(\"{name}\") names a check of the bus without a key, but '{name}' is the key of another "
                + $"bus. To check that one call AddKeyedEventBus(\"{name}\"); else give the check another name.");
        }

        if (services.GetKeyedService<IEventBus>(serviceKey) is { } bus)
            return new EventBusHealthCheck(bus);
        if (services.GetKeyedService<EventBusPublisher>(serviceKey) is { } publisher)
            return new EventBusHealthCheck(publisher);
        throw new InvalidOperationException(
            serviceKey is null
                ? NoBus(keys)
                : $"The services have no bus to check with the key '{serviceKey}'. Call AddKeyedEventBus or AddKeyedEventBusPublisher.");
    }

    private static string NoBus(string[] keys) => keys.Length == 0
        ? "The services have no bus to check. Call AddEventBus or AddEventBusPublisher."
        : $"The services have no bus without a key to check, only with a key: {string.Join(", ", keys)}. Call AddKeyedEventBus on the "
        + "health checks, with the key.";
}
