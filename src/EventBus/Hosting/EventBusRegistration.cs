using EventBus.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>One bus or publisher of a service collection, as its builder configures it.</summary>
internal sealed class EventBusRegistration
{
    private readonly string _method;

    /// <param name="key">The service key; null: none.</param>
    /// <param name="method">The method that added it, for messages.</param>
    public EventBusRegistration(object? key, string method)
    {
        Key = key;
        Name = key?.ToString();
        _method = method;
        Database = FindDataSource;
    }

    public object? Key { get; }

    /// <summary>The key as the name of options, logs and metrics; null: none.</summary>
    public string? Name { get; }

    public string OptionsName => Name ?? Options.DefaultName;

    /// <summary>Finds the database: the data source with the key, unless the builder sets another. The last call wins.</summary>
    public Func<IServiceProvider, BusDatabase> Database { get; set; }

    public List<HostedReceiver> Receivers { get; } = [];

    public List<Action<HandlerHost, Bus>> Preparations { get; } = [];

    public List<Type> HandlerFilters { get; } = [];

    public List<Type> EmitFilters { get; } = [];

    public Type? DeadLetterHandler { get; set; }

    public Bus CreateBus(IServiceProvider services)
    {
        var bus = BusComposition.CreateBus(
            Database(services), OptionsOf(services), services.GetService<ILoggerFactory>(), services.GetService<TimeProvider>(), Name);
        bus.EmitFilters = Resolve<IEmitFilter>(services, EmitFilters);
        return bus;
    }

    public EventBusPublisher CreatePublisher(IServiceProvider services)
    {
        var publisher = BusComposition.CreatePublisher(
            Database(services), OptionsOf(services), services.GetService<ILoggerFactory>(), services.GetService<TimeProvider>(), Name);
        publisher.EmitFilters = Resolve<IEmitFilter>(services, EmitFilters);
        return publisher;
    }

    /// <exception cref="ArgumentException">The connection string is missing.</exception>
    public void UseConnectionString(string? connectionString)
    {
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ArgumentException(
                $"The connection string passed to {_method} is empty. Is the name right, and is it in the configuration of this "
                + "environment, for example as 'ConnectionStrings:name'?",
                nameof(connectionString));
        }

        Database = _ => new PostgresDatabase(connectionString);
    }

    /// <summary>The error of a second bus or publisher with the same key.</summary>
    public InvalidOperationException Twice(string secondMethod) => new(
        (Key is null
            ? "The services have a bus or publisher already"
            : $"The services have a bus or publisher with the key '{Key}' already")
        + $", added by {_method}. Call {secondMethod} once: a bus does all that a publisher does. For a second database or channel prefix "
        + "call AddKeyedEventBus with a key of its own, and take its emitters with [FromKeyedServices]. To replace its database in a test "
        + "call UseInMemoryEventBus.");

    public EventBusOptions OptionsOf(IServiceProvider services) =>
        services.GetRequiredService<IOptionsMonitor<EventBusOptions>>().Get(OptionsName);

    /// <summary>The services of these types, with the key of the bus.</summary>
    public T[] Resolve<T>(IServiceProvider services, IEnumerable<Type> types) =>
        [.. types.Select(type => (T)services.GetRequiredKeyedService(type, Key))];

    private PostgresDatabase FindDataSource(IServiceProvider services) =>
        services.GetKeyedService<NpgsqlDataSource>(Key) is { } dataSource
            ? new PostgresDatabase(dataSource)
            : throw new InvalidOperationException(
                Key is null
                    ? $"{_method} found no NpgsqlDataSource in the services. Pass a connection string or a data source to it, or register "
                    + "one with AddNpgsqlDataSource."
                    : $"{_method} found no NpgsqlDataSource with the key '{Key}' in the services. Register one with "
                    + "AddNpgsqlDataSource(…, serviceKey: …), or call UseConnectionString or UseDataSource on the result.");
}

/// <summary>A receiver that the host adds.</summary>
/// <param name="AddAsync">Adds it to a bus: its socket joins its rooms.</param>
internal sealed record HostedReceiver(Func<HandlerHost, Bus, CancellationToken, ValueTask<LocalSocket>> AddAsync);
