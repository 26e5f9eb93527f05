using EventBus;
using EventBus.Cluster;
using EventBus.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a bus, or a publisher without a bus, to a host.</summary>
/// <remarks>
/// The options come from the section <c>EventBus</c> of the configuration, then from the delegates. With a service key they come from the
/// subsection of that name, such as <c>EventBus:reporting</c>. They are validated when the host starts; an unknown key of the section is an
/// error.
/// </remarks>
public static class EventBusServiceCollectionExtensions
{
    /// <summary>Adds a member of the cluster over the registered <see cref="NpgsqlDataSource"/>.</summary>
    /// <remarks>
    /// Registers <see cref="IEventBus"/>, <see cref="Emitter{TContract}"/> and <see cref="Publisher{TContract}"/> of every contract, and
    /// a hosted service. It connects and joins before the other hosted services start, and passes events to the handlers when all have
    /// started. When the host stops, its handlers end before the others stop, and the last events are published when all have stopped.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The services have a bus or publisher already.</exception>
    public static EventBusBuilder AddEventBus(this IServiceCollection services, Action<EventBusOptions>? configure = null) =>
        services.AddBus(serviceKey: null, nameof(AddEventBus), configure);

    /// <summary>Adds a member of the cluster over the application's data source, which the bus does not dispose.</summary>
    /// <inheritdoc cref="AddEventBus(IServiceCollection, Action{EventBusOptions}?)"/>
    public static EventBusBuilder AddEventBus(
        this IServiceCollection services, NpgsqlDataSource dataSource, Action<EventBusOptions>? configure = null) =>
        services.AddBus(serviceKey: null, nameof(AddEventBus), configure).UseDataSource(dataSource);

    /// <summary>Adds a member of the cluster over a data source of its own.</summary>
    /// <inheritdoc cref="AddEventBus(IServiceCollection, Action{EventBusOptions}?)"/>
    /// <remarks>If the connection string is missing, the host does not start.</remarks>
    public static EventBusBuilder AddEventBus(
        this IServiceCollection services, string? connectionString, Action<EventBusOptions>? configure = null) =>
        services.AddBus(serviceKey: null, nameof(AddEventBus), configure).UseConnectionString(connectionString);

    /// <summary>
    /// Adds one of several buses, for services that take it with its key: <c>[FromKeyedServices("reporting")] Emitter&lt;T&gt;</c>. Its
    /// data source is the one with the same key, unless the builder sets another.
    /// </summary>
    /// <inheritdoc cref="AddEventBus(IServiceCollection, Action{EventBusOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key. Its text names the bus in the configuration, in logs and in metrics.</param>
    /// <param name="configure">Changes the options; null: they come from the configuration only.</param>
    public static EventBusBuilder AddKeyedEventBus(
        this IServiceCollection services, object serviceKey, Action<EventBusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return services.AddBus(serviceKey, nameof(AddKeyedEventBus), configure);
    }

    /// <summary>Adds a publisher over the registered <see cref="NpgsqlDataSource"/>, for a process that handles no events.</summary>
    /// <remarks>
    /// Registers <see cref="EventBusPublisher"/> and <see cref="Publisher{TContract}"/> of every contract, and a hosted service. It
    /// connects before the other hosted services start, and publishes the last events when all have stopped.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The services have a bus or publisher already.</exception>
    public static EventBusPublisherBuilder AddEventBusPublisher(
        this IServiceCollection services, Action<EventBusOptions>? configure = null) =>
        services.AddPublisher(serviceKey: null, nameof(AddEventBusPublisher), configure);

    /// <summary>Adds a publisher over the application's data source, which the publisher does not dispose.</summary>
    /// <inheritdoc cref="AddEventBusPublisher(IServiceCollection, Action{EventBusOptions}?)"/>
    public static EventBusPublisherBuilder AddEventBusPublisher(
        this IServiceCollection services, NpgsqlDataSource dataSource, Action<EventBusOptions>? configure = null) =>
        services.AddPublisher(serviceKey: null, nameof(AddEventBusPublisher), configure).UseDataSource(dataSource);

    /// <summary>Adds a publisher over a data source of its own.</summary>
    /// <inheritdoc cref="AddEventBusPublisher(IServiceCollection, Action{EventBusOptions}?)"/>
    /// <remarks>If the connection string is missing, the host does not start.</remarks>
    public static EventBusPublisherBuilder AddEventBusPublisher(
        this IServiceCollection services, string? connectionString, Action<EventBusOptions>? configure = null) =>
        services.AddPublisher(serviceKey: null, nameof(AddEventBusPublisher), configure).UseConnectionString(connectionString);

    /// <summary>
    /// Adds one of several publishers, for services that take it with its key. Its data source is the one with the same key, unless the
    /// builder sets another.
    /// </summary>
    /// <inheritdoc cref="AddEventBusPublisher(IServiceCollection, Action{EventBusOptions}?)"/>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key. Its text names the publisher in the configuration, in logs and in metrics.</param>
    /// <param name="configure">Changes the options; null: they come from the configuration only.</param>
    public static EventBusPublisherBuilder AddKeyedEventBusPublisher(
        this IServiceCollection services, object serviceKey, Action<EventBusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(serviceKey);
        return services.AddPublisher(serviceKey, nameof(AddKeyedEventBusPublisher), configure);
    }

    /// <summary>
    /// Runs every bus and publisher of the services in memory instead of over PostgreSQL. For tests of the application: call it after the
    /// application's own registrations.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="cluster">The cluster that all of them share; null: each has a new one.</param>
    /// <exception cref="InvalidOperationException">The services have no bus and no publisher.</exception>
    public static IServiceCollection UseInMemoryEventBus(this IServiceCollection services, InMemoryCluster? cluster = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var isAny = false;
        foreach (var registration in services.Registrations())
        {
            var own = cluster ?? new InMemoryCluster();
            registration.Database = _ => new MemoryDatabase(own);
            isAny = true;
        }

        return isAny
            ? services
            : throw new InvalidOperationException("There is no bus to run in memory. Call UseInMemoryEventBus after AddEventBus.");
    }

    private static EventBusBuilder AddBus(
        this IServiceCollection services, object? serviceKey, string method, Action<EventBusOptions>? configure)
    {
        var registration = services.Register(serviceKey, method, configure);
        services.AddKeyedSingleton(serviceKey, (provider, _) => registration.CreateBus(provider));
        services.AddKeyedSingleton<IEventBus>(serviceKey, static (provider, key) => provider.GetRequiredKeyedService<Bus>(key));
        services.AddKeyedSingleton<IEventPublisher>(serviceKey, static (provider, key) => provider.GetRequiredKeyedService<Bus>(key));
        services.Add(new ServiceDescriptor(typeof(Emitter<>), serviceKey, typeof(Emitter<>), ServiceLifetime.Singleton));
        services.AddSingleton<IHostedService>(provider => new EventBusHostedService(registration, provider));
        services.TryAddScoped<DurableScope>();
        services.TryAddScoped(static provider => provider.GetRequiredService<DurableScope>().Context);
        return new EventBusBuilder(services, registration);
    }

    private static EventBusPublisherBuilder AddPublisher(
        this IServiceCollection services, object? serviceKey, string method, Action<EventBusOptions>? configure)
    {
        var registration = services.Register(serviceKey, method, configure);
        services.AddKeyedSingleton(serviceKey, (provider, _) => registration.CreatePublisher(provider));
        services.AddKeyedSingleton<IEventPublisher>(
            serviceKey, static (provider, key) => provider.GetRequiredKeyedService<EventBusPublisher>(key));
        services.AddSingleton<IHostedService>(provider => new PublisherHostedService(registration, provider));
        return new EventBusPublisherBuilder(services, registration);
    }

    private static EventBusRegistration Register(
        this IServiceCollection services, object? serviceKey, string method, Action<EventBusOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        var registration = new EventBusRegistration(serviceKey, method);
        if (services.Registrations().FirstOrDefault(registration.Clashes) is { } present)
            throw present.Twice(method);
        services.AddSingleton(registration);
        services.Add(new ServiceDescriptor(typeof(Publisher<>), serviceKey, typeof(Publisher<>), ServiceLifetime.Singleton));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventBusOptions>, EventBusOptionsValidator>());
        services.AddSingleton<IValidateOptions<EventBusOptions>>(provider => new ConfigurationValidator(registration, provider));
        var options = services.AddOptions<EventBusOptions>(registration.OptionsName).ValidateOnStart();
        options.Configure<IServiceProvider>((options, provider) => EventBusConfiguration.Bind(options, registration, provider));
        if (configure is not null)
            options.Configure(configure);
        return registration;
    }

    private static IEnumerable<EventBusRegistration> Registrations(this IServiceCollection services) =>
        services.Select(static service => service.IsKeyedService ? null : service.ImplementationInstance).OfType<EventBusRegistration>();
}
