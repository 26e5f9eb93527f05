using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EventBus.Hosting;

/// <summary>Adds the receivers that the host starts with the bus.</summary>
public sealed class EventBusBuilder
{
    internal EventBusBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services being configured.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Runs the bus in memory instead of over PostgreSQL. Use it in unit tests, and in applications of a single process.
    /// </summary>
    /// <param name="cluster">The cluster that other nodes and publishers of the process share; null: a new one.</param>
    public EventBusBuilder UseInMemory(InMemoryCluster? cluster = null)
    {
        cluster ??= new InMemoryCluster();
        Services.Replace(ServiceDescriptor.Singleton(provider => BusComposition.CreateBus(
            cluster,
            provider.GetRequiredService<IOptions<EventBusOptions>>().Value,
            provider.GetService<ILoggerFactory>(),
            provider.GetService<TimeProvider>())));
        return this;
    }

    /// <summary>
    /// Manages the namespaces whose names match a predicate from the start of the bus, as <see cref="IEventBus.OfMatching"/> does.
    /// </summary>
    /// <param name="matches">Whether a name belongs to the family.</param>
    /// <param name="configure">Sets up a namespace, each time before it is joined; null: nothing is set up.</param>
    public EventBusBuilder AddMatchingNamespaces(Func<string, bool> matches, Action<IServiceProvider, IBusNamespace>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(matches);
        Services.AddSingleton(new MatchingNamespacesRegistration(matches, configure));
        return this;
    }

    /// <summary>
    /// Adds a receiver: a socket in the contract's bus namespace and in these rooms. Its handler is a singleton from the services.
    /// </summary>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The class that implements it.</typeparam>
    /// <param name="rooms">The rooms of the socket. Without rooms it receives only the events that are sent to all sockets.</param>
    public EventBusBuilder AddHandler<TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        params string[] rooms)
        where TContract : class
        where THandler : class, TContract
    {
        ArgumentNullException.ThrowIfNull(rooms);
        Services.TryAddSingleton<THandler>();
        Services.AddSingleton(new HandlerRegistration(
            (services, bus, cancellationToken) =>
                bus.AddHandlerAsync<TContract>(services.GetRequiredService<THandler>(), rooms, cancellationToken)));
        return this;
    }

    /// <summary>
    /// Handles a contract's server-side events of other nodes from the start of the bus. The handler is a singleton from the services.
    /// </summary>
    /// <inheritdoc cref="IEventBus.HandleServerSide{TContract}" path="/remarks"/>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The class that implements it. If it is also added as a receiver, one object does both.</typeparam>
    public EventBusBuilder AddServerSideHandler<
        TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TContract : class
        where THandler : class, TContract
    {
        Services.TryAddSingleton<THandler>();
        Services.AddSingleton(new ServerSideHandlerRegistration(
            static (services, bus) => bus.HandleServerSide<TContract>(services.GetRequiredService<THandler>())));
        return this;
    }
}
