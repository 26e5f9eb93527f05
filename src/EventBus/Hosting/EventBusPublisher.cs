using System.Collections.Concurrent;
using EventBus.CompilerServices;
using EventBus.Namespaces;
using EventBus.Transport;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Publishes without joining the cluster: one pipeline and one order for all its emitters, whatever their contracts. Thread-safe.</summary>
/// <remarks>It listens to nothing and receives nothing, not even its own events. Disposing it publishes what was emitted before.</remarks>
public sealed class EventBusPublisher : IAsyncDisposable
{
    private readonly IPublishPipeline _pipeline;
    private readonly Func<string, Broadcaster> _createBroadcaster;
    private readonly Func<EventBusStatistics> _statistics;
    private readonly Func<ValueTask> _disposeOwned;
    private readonly ConcurrentDictionary<string, Broadcaster> _broadcasters = new(StringComparer.Ordinal);

    internal EventBusPublisher(
        IPublishPipeline pipeline, Func<string, Broadcaster> createBroadcaster, Func<EventBusStatistics> statistics, Func<ValueTask> disposeOwned)
    {
        _pipeline = pipeline;
        _createBroadcaster = createBroadcaster;
        _statistics = statistics;
        _disposeOwned = disposeOwned;
    }

    /// <summary>What was counted since it was created.</summary>
    public EventBusStatistics Statistics => _statistics();

    /// <summary>Creates a publisher over the application's data source, which stays the application's. The first event connects.</summary>
    /// <param name="dataSource">Where the cluster is.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static EventBusPublisher Create(
        NpgsqlDataSource dataSource, EventBusOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return BusComposition.CreatePublisher(dataSource, ownsDataSource: false, options ?? new EventBusOptions(), loggerFactory, timeProvider);
    }

    /// <summary>Creates a publisher over a data source of its own.</summary>
    /// <inheritdoc cref="Create(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?)"/>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    public static EventBusPublisher Create(
        string connectionString, EventBusOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new EventBusOptions();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        return BusComposition.CreatePublisher(NpgsqlDataSource.Create(connectionString), ownsDataSource: true, options, loggerFactory, timeProvider);
    }

    /// <summary>The sender of a contract's events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public Emitter<TContract> Emitter<TContract>()
        where TContract : class
        => new(BroadcasterOf(Contract<TContract>.Required.Namespace));

    /// <summary>Sends events by name in a bus namespace.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    public BroadcastOperator Of(string busNamespace = EventBusDefaults.Namespace) => new(new BroadcastTarget(BroadcasterOf(busNamespace)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await _pipeline.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await _pipeline.DisposeAsync().ConfigureAwait(false);
            await _disposeOwned().ConfigureAwait(false);
        }
    }

    private Broadcaster BroadcasterOf(string busNamespace)
    {
        ArgumentNullException.ThrowIfNull(busNamespace);
        return _broadcasters.GetOrAdd(busNamespace, _createBroadcaster);
    }
}
