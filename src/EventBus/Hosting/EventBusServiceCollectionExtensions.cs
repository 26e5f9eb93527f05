using EventBus.Cluster;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Adds the bus to a host.</summary>
public static class EventBusServiceCollectionExtensions
{
    /// <summary>The configuration section of <see cref="EventBusOptions"/>.</summary>
    public const string ConfigurationSection = "EventBus";

    /// <summary>Adds a member of the cluster over the registered <see cref="NpgsqlDataSource"/>.</summary>
    /// <remarks>
    /// Registers <see cref="IEventBus"/> and <see cref="Emitter{TContract}"/> for every contract, and a hosted service that starts and
    /// drains the bus. The options come from the section <c>EventBus</c> of the configuration, then from <paramref name="configure"/>, and
    /// are validated when the host starts.
    /// </remarks>
    public static EventBusBuilder AddEventBus(this IServiceCollection services, Action<EventBusOptions>? configure = null) =>
        services.AddEventBus(static provider => (provider.GetRequiredService<NpgsqlDataSource>(), false), configure);

    /// <summary>Adds a member of the cluster over the application's data source, which the bus does not dispose.</summary>
    /// <inheritdoc cref="AddEventBus(IServiceCollection, Action{EventBusOptions}?)"/>
    public static EventBusBuilder AddEventBus(
        this IServiceCollection services, NpgsqlDataSource dataSource, Action<EventBusOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return services.AddEventBus(_ => (dataSource, false), configure);
    }

    /// <summary>Adds a member of the cluster over a data source of its own.</summary>
    /// <inheritdoc cref="AddEventBus(IServiceCollection, Action{EventBusOptions}?)"/>
    public static EventBusBuilder AddEventBus(
        this IServiceCollection services, string connectionString, Action<EventBusOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return services.AddEventBus(_ => (NpgsqlDataSource.Create(connectionString), true), configure);
    }

    private static EventBusBuilder AddEventBus(
        this IServiceCollection services,
        Func<IServiceProvider, (NpgsqlDataSource DataSource, bool Owned)> dataSource,
        Action<EventBusOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EventBusOptions>, EventBusOptionsValidator>());
        var options = services.AddOptions<EventBusOptions>().ValidateOnStart();
        options.Configure<IServiceProvider>(
            static (options, provider) => provider.GetService<IConfiguration>()?.GetSection(ConfigurationSection).Bind(options));
        if (configure is not null)
            options.Configure(configure);

        services.TryAddSingleton(provider =>
        {
            var (source, owned) = dataSource(provider);
            return BusComposition.CreateBus(
                source,
                owned,
                provider.GetRequiredService<IOptions<EventBusOptions>>().Value,
                provider.GetService<ILoggerFactory>(),
                provider.GetService<TimeProvider>());
        });
        services.TryAddSingleton<IEventBus>(static provider => provider.GetRequiredService<Bus>());
        services.TryAddSingleton(typeof(Emitter<>));
        services.AddHostedService<EventBusHostedService>();
        return new EventBusBuilder(services);
    }
}
