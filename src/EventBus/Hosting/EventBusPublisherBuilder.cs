using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Configures a publisher of a host. If it has a service key, its filters and its data source have the same key.</summary>
public sealed class EventBusPublisherBuilder
{
    private readonly EventBusRegistration _registration;

    internal EventBusPublisherBuilder(IServiceCollection services, EventBusRegistration registration)
    {
        Services = services;
        _registration = registration;
    }

    /// <summary>The services being configured.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The key of the publisher among several; null: it is the one without a key.</summary>
    public object? ServiceKey => _registration.Key;

    /// <summary>Changes the options, after those of the configuration and of the earlier calls.</summary>
    public EventBusPublisherBuilder Configure(Action<EventBusOptions> configure)
    {
        Services.Configure(_registration.OptionsName, configure);
        return this;
    }

    /// <summary>Uses a data source of the application, which the publisher does not dispose.</summary>
    public EventBusPublisherBuilder UseDataSource(NpgsqlDataSource dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return UseDataSource(_ => dataSource);
    }

    /// <summary>Uses a data source of its own, which is disposed with the publisher.</summary>
    /// <remarks>If the connection string is missing, the host does not start.</remarks>
    public EventBusPublisherBuilder UseConnectionString(string? connectionString)
    {
        _registration.UseConnectionString(connectionString);
        return this;
    }

    /// <summary>Uses the data source that a function finds in the services. The publisher does not dispose it.</summary>
    public EventBusPublisherBuilder UseDataSource(Func<IServiceProvider, NpgsqlDataSource> dataSource)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        _registration.Database = services => new PostgresDatabase(dataSource(services));
        return this;
    }

    /// <summary>Publishes in memory instead of over PostgreSQL.</summary>
    /// <param name="cluster">The cluster that its nodes and publishers share.</param>
    public EventBusPublisherBuilder UseInMemory(InMemoryCluster cluster)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        _registration.Database = _ => new MemoryDatabase(cluster);
        return this;
    }

    /// <summary>
    /// Adds a filter that each event passes before it is sent. Filters are called in the order in which they are added. A filter is a
    /// singleton from the services, and is added to them if it is missing.
    /// </summary>
    public EventBusPublisherBuilder AddEmitFilter<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter>()
        where TFilter : class, IEmitFilter
    {
        Services.TryAddKeyedSingleton<TFilter>(ServiceKey);
        _registration.EmitFilters.Add(typeof(TFilter));
        return this;
    }
}
