using System.Collections.Concurrent;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Transport;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Publishes without joining the cluster: one pipeline and one order for all its emitters, whatever their contracts. Thread-safe.</summary>
/// <remarks>It listens to nothing and receives nothing, not even its own events. Disposing it publishes what was emitted before.</remarks>
public sealed class EventBusPublisher : IAsyncDisposable
{
    private readonly IPublishPipeline _pipeline;
    private readonly Func<string, IEventSender> _createSender;
    private readonly BusDiagnostics _diagnostics;
    private readonly Func<ValueTask> _disposeOwned;
    private readonly ConcurrentDictionary<string, IEventSender> _senders = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _starting;
    private readonly Lock _disposeLock = new();
    private Task? _disposed;

    internal EventBusPublisher(IPublishPipeline pipeline, Func<string, IEventSender> createSender, BusDiagnostics diagnostics, Func<ValueTask> disposeOwned)
    {
        _pipeline = pipeline;
        _createSender = createSender;
        _diagnostics = diagnostics;
        _disposeOwned = disposeOwned;
        _starting = StartAsync();
    }

    /// <summary>What was counted since it was created.</summary>
    public EventBusStatistics Statistics => _diagnostics.Snapshot();

    /// <summary>Creates a publisher over the application's data source, which stays the application's. It connects in the background: events emitted meanwhile wait.</summary>
    /// <remarks>What keeps it from starting is logged and given to <see cref="EventBusOptions.ErrorHandler"/>; the events that wait for it learn of it when they expire.</remarks>
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

    /// <summary>Creates a publisher in an in-memory cluster.</summary>
    /// <param name="cluster">The cluster, which its nodes share.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static EventBusPublisher Create(
        InMemoryCluster cluster, EventBusOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return BusComposition.CreatePublisher(cluster, options ?? new EventBusOptions(), loggerFactory, timeProvider);
    }

    /// <summary>The sender of a contract's events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public PublisherOperator<TContract> Emitter<TContract>()
        where TContract : class
        => new(SenderOf(Contract<TContract>.Required.Namespace));

    /// <summary>The sender of a contract's events to the nodes themselves, not to their sockets.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public ServerSideOperator<TContract> ServerSide<TContract>()
        where TContract : class
        => new(SenderOf(Contract<TContract>.Required.Namespace));

    /// <summary>Sends events by name in a bus namespace, and moves and disconnects its sockets.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    public PublisherOperator<IUntypedEvents> Of(string busNamespace = EventBusDefaults.Namespace) => new(SenderOf(busNamespace));

    /// <summary>Sends an event to the nodes of a bus namespace themselves, not to their sockets; completes when PostgreSQL has committed it.</summary>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="busNamespace">The bus namespace.</param>
    /// <param name="cancellationToken">Before take-off: withdraws the event. After: ends only the waiting.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved, or the namespace makes no valid channel.</exception>
    /// <exception cref="EventNotSentException">No node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Nodes may receive the event.</exception>
    public ValueTask ServerSideEmitAsync(
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        string busNamespace = EventBusDefaults.Namespace,
        CancellationToken cancellationToken = default) => SenderOf(busNamespace).ServerSideEmitAsync(UntypedPacket.ForNodes(eventName, arguments), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_disposeLock)
            return new ValueTask(_disposed ??= DisposeOnceAsync());
    }

    private async Task DisposeOnceAsync()
    {
        try
        {
            await _pipeline.DrainAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            await _stopping.CancelAsync().ConfigureAwait(false);
            await _starting.ConfigureAwait(false);
            await _pipeline.DisposeAsync().ConfigureAwait(false);
            await _disposeOwned().ConfigureAwait(false);
            _stopping.Dispose();
        }
    }

    // What the start finds out (a standby, a missing table) is told early and clearly; the pipeline publishes all the same as soon as it can.
    private async Task StartAsync()
    {
        try
        {
            await _pipeline.StartAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            _diagnostics.Logger.PublisherNotStarted(exception);
            _diagnostics.Report(exception);
        }
    }

    private IEventSender SenderOf(string busNamespace)
    {
        ArgumentNullException.ThrowIfNull(busNamespace);
        return _senders.GetOrAdd(busNamespace, _createSender);
    }
}
