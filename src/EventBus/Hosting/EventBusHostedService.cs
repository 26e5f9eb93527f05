using EventBus.Cluster;
using Microsoft.Extensions.Hosting;

namespace EventBus.Hosting;

/// <summary>Starts the bus and its receivers with the host, and stops the bus with the host.</summary>
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

/// <summary>A receiver that the host adds when the bus has started.</summary>
internal sealed record HandlerRegistration(Func<IServiceProvider, IEventBus, CancellationToken, ValueTask<LocalSocket>> AddAsync);

/// <summary>Dynamic namespaces that the host manages before the bus starts.</summary>
internal sealed record MatchingNamespacesRegistration(Func<string, bool> Matches, Action<IServiceProvider, IBusNamespace>? Configure);

/// <summary>A handler of server-side events that the host sets before the bus starts.</summary>
internal sealed record ServerSideHandlerRegistration(Action<IServiceProvider, IEventBus> Set);
