using System.Diagnostics.CodeAnalysis;
using EventBus.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>
/// Configures a bus of a host. If the bus has a service key, its handlers, filters and data source have the same key. A handler takes other
/// services of this key with <see cref="FromKeyedServicesAttribute"/>.
/// </summary>
public class EventBusBuilder
{
    private readonly EventBusRegistration _registration;

    internal EventBusBuilder(IServiceCollection services, EventBusRegistration registration)
    {
        Services = services;
        _registration = registration;
    }

    /// <summary>The services being configured.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The key of the bus among several; null: it is the one without a key.</summary>
    public object? ServiceKey => _registration.Key;

    /// <summary>Changes the options, after those of the configuration and of the earlier calls.</summary>
    public EventBusBuilder Configure(Action<EventBusOptions> configure)
    {
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Uses a data source of the application, which the bus does not dispose.</summary>
    public EventBusBuilder UseDataSource(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return UseDataSource(_ => dataSource);
    }

    /// <summary>Uses a data source of its own, which is disposed with the bus.</summary>
    /// <remarks>If the connection string is missing, the host does not start.</remarks>
    public EventBusBuilder UseConnectionString(string? connectionString)
    {
        _registration.UseConnectionString(connectionString);
        return this;
    }

    /// <summary>Uses the data source that a function finds in the services. The bus does not dispose it.</summary>
    public EventBusBuilder UseDataSource(Func<IServiceProvider, NpgsqlDataSource> dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _registration.Database = services => new PostgresDatabase(dataSource(services));
        return this;
    }

    /// <summary>
    /// Listens over a data source of its own, which the bus does not dispose. The other connections of the bus may then lead through a
    /// pooler in transaction mode. The host does not start if the two lead to different databases.
    /// </summary>
    public EventBusBuilder UseListener(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return UseListener(_ => dataSource);
    }

    /// <summary>Listens over the data source that a function finds in the services. The bus does not dispose it.</summary>
    public EventBusBuilder UseListener(Func<IServiceProvider, NpgsqlDataSource> dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        Services.AddOptions<EventBusOptions>(_registration.OptionsName)
            .Configure<IServiceProvider>((options, services) => options.UseListener(dataSource(services)));
        return this;
    }

    /// <summary>Listens over a data source of its own, which is disposed with the bus.</summary>
    /// <remarks>If the connection string is missing, the host does not start.</remarks>
    public EventBusBuilder UseListener(string? connectionString) =>
        Configure(options => options.ListenerConnectionString = connectionString ?? "");

    /// <summary>Listens over the <see cref="NpgsqlDataSource"/> that is registered with a service key.</summary>
    /// <remarks>If there is none, the host does not start.</remarks>
    /// <param name="serviceKey">The key of the data source. It is not related to the key of the bus.</param>
    public EventBusBuilder UseKeyedListener(object serviceKey)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return UseListener(services => services.GetKeyedService<NpgsqlDataSource>(serviceKey)
            ?? throw new InvalidOperationException(
                $"UseKeyedListener found no NpgsqlDataSource with the key '{serviceKey}' in the services. Register one with "
                + "AddNpgsqlDataSource(…, serviceKey: …), or pass a data source or a connection string to UseListener."));
    }

    /// <summary>
    /// Runs the bus in memory instead of over PostgreSQL. Use it in applications of a single process. A test that replaces the database of
    /// an application calls <see cref="EventBusServiceCollectionExtensions.UseInMemoryEventBus"/>.
    /// </summary>
    /// <param name="cluster">The cluster that other nodes and publishers of the process share; null: a new one.</param>
    public EventBusBuilder UseInMemory(InMemoryCluster? cluster = null)
    {
        cluster ??= new InMemoryCluster();
        _registration.Database = _ => new MemoryDatabase(cluster);
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
        _registration.Preparations.Add((host, bus) =>
            bus.OfMatching(matches, busNamespace => configure?.Invoke(host.Services, busNamespace)));
        return this;
    }

    /// <summary>
    /// Adds a receiver: a socket in the contract's bus namespace and in these rooms. For each event its handler is resolved from a new
    /// scope, which is disposed before the socket's next event.
    /// </summary>
    /// <remarks>
    /// If the services have no such handler, it is added as a scoped service. A handler that you register as a singleton is one object for
    /// all events. The socket joins its rooms before the hosted services start, and its events wait until the host has started.
    /// </remarks>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The class that implements it.</typeparam>
    /// <param name="rooms">The rooms of the socket. Without rooms it receives only the events that are sent to all sockets.</param>
    /// <exception cref="InvalidOperationException">
    /// The class was added for the contract and one of these rooms, or without rooms, before.
    /// </exception>
    public EventBusHandlerBuilder AddHandler<
        TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(params string[] rooms)
        where TContract : class
        where THandler : class, TContract
    {
        ArgumentNullException.ThrowIfNull(rooms);
        _registration.Claim(typeof(TContract), typeof(THandler), rooms);
        Services.TryAddKeyedScoped<THandler>(ServiceKey);
        CreateReceiver receiver = host =>
        {
            var handler = CreateHandler<TContract, THandler>(host);
            return (bus, cancellationToken) => bus.AddHandlerAsync<TContract>(handler, rooms, cancellationToken);
        };
        _registration.Receivers.Add(receiver);
        return new EventBusHandlerBuilder(Services, _registration, receiver, CreateHandler<TContract, THandler>, rooms);
    }

    /// <summary>
    /// Handles a contract's server-side events of other nodes from the start of the bus. For each event the handler is resolved from a new
    /// scope.
    /// </summary>
    /// <inheritdoc cref="IEventBus.HandleServerSide{TContract}" path="/remarks"/>
    /// <typeparam name="TContract">The contract.</typeparam>
    /// <typeparam name="THandler">The class that implements it.</typeparam>
    public EventBusBuilder AddServerSideHandler<
        TContract, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where TContract : class
        where THandler : class, TContract
    {
        Services.TryAddKeyedScoped<THandler>(ServiceKey);
        _registration.Preparations.Add((host, bus) =>
            bus.HandleServerSide<TContract>(CreateHandler<TContract, THandler>(host)));
        return this;
    }

    /// <summary>
    /// Adds a filter around the handlers of this builder. The filter that is added first is the outermost. It is a singleton from the
    /// services, and is added to them if it is missing.
    /// </summary>
    public EventBusBuilder AddHandlerFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IHandlerFilter
    {
        Services.TryAddKeyedSingleton<TFilter>(ServiceKey);
        _registration.HandlerFilters.Add(typeof(TFilter));
        return this;
    }

    /// <summary>
    /// Sets the handler of events whose handling has failed after the last attempt. It is resolved from a new scope for each, and is added
    /// to the services if it is missing. The last call applies.
    /// </summary>
    public EventBusBuilder AddDeadLetterHandler<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>()
        where THandler : class, IDeadLetterHandler
    {
        Services.TryAddKeyedScoped<THandler>(ServiceKey);
        _registration.DeadLetterHandler = typeof(THandler);
        return this;
    }

    /// <inheritdoc cref="EventBusPublisherBuilder.AddEmitFilter{TFilter}"/>
    public EventBusBuilder AddEmitFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IEmitFilter
    {
        Services.TryAddKeyedSingleton<TFilter>(ServiceKey);
        _registration.EmitFilters.Add(typeof(TFilter));
        return this;
    }

    // The services are read when the host starts, because a handler may be registered after AddHandler.
    private HostedHandler<TContract, THandler> CreateHandler<TContract, THandler>(HandlerHost host)
        where TContract : class
        where THandler : class, TContract
    {
        var registered = Services.LastOrDefault(
            service => service.ServiceType == typeof(THandler) && Equals(service.ServiceKey, ServiceKey));
        if (registered is not null)
            HandlerRequirements.ThrowIfUnmet(registered, host.Services);
        return new HostedHandler<TContract, THandler>(
            host, Contract<TContract>.Required.Namespace, registered?.Lifetime == ServiceLifetime.Singleton);
    }
}
