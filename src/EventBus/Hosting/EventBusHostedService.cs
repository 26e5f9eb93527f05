using EventBus.Cluster;
using Microsoft.Extensions.Hosting;

namespace EventBus.Hosting;

/// <summary>Starts the bus and its receivers with the host, and drains it when the host stops.</summary>
internal sealed class EventBusHostedService(
    Bus bus,
    IEnumerable<MatchingNamespacesRegistration> namespaces,
    IEnumerable<HandlerRegistration> handlers,
    IEnumerable<ServerSideHandlerRegistration> serverSideHandlers,
    IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var matching in namespaces)
            bus.OfMatching(matching.Matches, busNamespace => matching.Configure?.Invoke(services, busNamespace));
        foreach (var handler in serverSideHandlers)
            handler.Set(services, bus);
        await bus.StartAsync(cancellationToken).ConfigureAwait(false);
        foreach (var handler in handlers)
            await handler.AddAsync(services, bus, cancellationToken).ConfigureAwait(false);
    }

    public Task StopAsync(CancellationToken cancellationToken) => bus.StopAsync(cancellationToken);
}
