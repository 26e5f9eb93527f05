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
    private readonly HashSet<(Type Contract, Type Handler, string? Room)> _claims = [];

    /// <param name="key">The service key; null: none.</param>
    /// <param name="method">The method that added it, for messages.</param>
    /// <exception cref="ArgumentException">The text of the key cannot name a section of the configuration.</exception>
    public EventBusRegistration(object? key, string method)
    {
        Key = key;
        Name = key is null ? null : NameOf(key);
        _method = method;
        Database = FindDataSource;
    }

    public object? Key { get; }

    /// <summary>Whether both have the same key, or keys with the same text, which names the options.</summary>
    public bool Clashes(EventBusRegistration other) => string.Equals(Name, other.Name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The key as the name of options, logs and metrics; null: none.</summary>
    public string? Name { get; }

    public string OptionsName => Name ?? Options.DefaultName;

    /// <summary>Finds the database: the data source with the key, unless the builder sets another. The last call applies.</summary>
    public Func<IServiceProvider, BusDatabase> Database { get; set; }

    public List<CreateReceiver> Receivers { get; } = [];

    public List<DurableRegistration> Durables { get; } = [];

    public List<Action<HandlerHost, Bus>> Preparations { get; } = [];

    public List<Type> HandlerFilters { get; } = [];

    public List<Type> EmitFilters { get; } = [];

    public Type? DeadLetterHandler { get; set; }

    public Bus CreateBus(IServiceProvider services) => BusComposition.CreateBus(
        Database(services),
        OptionsOf(services),
        services.GetService<ILoggerFactory>(),
        services.GetService<TimeProvider>(),
        Name,
        FiltersOf(services));

    public EventBusPublisher CreatePublisher(IServiceProvider services) => BusComposition.CreatePublisher(
        Database(services),
        OptionsOf(services),
        services.GetService<ILoggerFactory>(),
        services.GetService<TimeProvider>(),
        Name,
        FiltersOf(services));

    /// <summary>Uses a data source of its own. A missing connection string fails the start, unless a test replaces the database.</summary>
    public void UseConnectionString(string? connectionString) => Database = _ => string.IsNullOrWhiteSpace(connectionString)
        ? throw new InvalidOperationException(
            $"The connection string passed to {_method} is empty. Is its name right, and is it in the configuration of this environment, "
            + "for example as 'ConnectionStrings:name'?")
        : new PostgresDatabase(connectionString);

    /// <summary>
    /// Notes the rooms of a handler class. A class that is added again for a room would handle each of its events twice.
    /// </summary>
    /// <exception cref="InvalidOperationException">It was added for one of the rooms before.</exception>
    public void Claim(Type contract, Type handler, string[] rooms)
    {
        foreach (var room in rooms.Distinct(StringComparer.Ordinal).DefaultIfEmpty())
        {
            if (!_claims.Add((contract, handler, room)))
            {
                var place = room is null ? "no room" : $"the room '{room}'";
                throw new InvalidOperationException(
                    $"{handler} is added twice as a handler of {contract.Name} with {place}: it would handle each event twice. "
                    + "Remove one of the calls of AddHandler; AddHandlers() adds each class that is marked with [EventHandler].");
            }
        }
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

    private static string NameOf(object key)
    {
        var name = key == KeyedService.AnyKey ? null : key.ToString();
        return string.IsNullOrWhiteSpace(name) || name.Contains(':', StringComparison.Ordinal) || EventBusConfiguration.IsOption(name)
            ? throw new ArgumentException(
                $"The key '{name}' cannot name a bus: its text is the name of a section of the configuration. It must not be empty, "
                + "hold ':' or be the name of an option.",
                nameof(key))
            : name;
    }

    private EmitFilterChain? FiltersOf(IServiceProvider services) =>
        EmitFilters.Count == 0 ? null : new EmitFilterChain(() => Resolve<IEmitFilter>(services, EmitFilters));

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

/// <summary>Creates the handler of a receiver, and returns the function that adds it to a bus: its socket joins its rooms.</summary>
internal delegate Func<Bus, CancellationToken, ValueTask<LocalSocket>> CreateReceiver(HandlerHost host);
