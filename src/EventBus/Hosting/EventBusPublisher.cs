using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Transport;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>
/// Publishes without joining the cluster. All its operators share one pipeline and one order, across contracts. Thread-safe.
/// </summary>
/// <remarks>A publisher does not listen, so it receives no events, not even its own. Disposing it publishes the queued events.</remarks>
public sealed class EventBusPublisher : IEventPublisher, IAsyncDisposable
{
    private readonly IPublishPipeline _pipeline;
    private readonly Func<string, IEventSender> _createSender;
    private readonly PublisherState _state;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly Func<ValueTask> _disposeOwned;
    private readonly ConcurrentDictionary<string, IEventSender> _senders = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource<Exception?> _firstAttempt = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _starting;
    private readonly Lock _disposeLock = new();
    private Task? _disposed;

    internal EventBusPublisher(
        IPublishPipeline pipeline,
        Func<string, IEventSender> createSender,
        PublisherState state,
        TimeProvider time,
        BusDiagnostics diagnostics,
        Func<ValueTask> disposeOwned)
    {
        _pipeline = pipeline;
        _createSender = createSender;
        _state = state;
        _time = time;
        _diagnostics = diagnostics;
        _disposeOwned = disposeOwned;
        _starting = BackgroundWork.Run(StartAsync);
    }

    /// <summary>Whether the publisher is connected now. It is never <see cref="BusState.Created"/>.</summary>
    public BusState State => _state.Current;

    /// <summary>The counters since the publisher was created.</summary>
    public EventBusStatistics Statistics => _diagnostics.Snapshot();

    /// <summary>The filters of its events; null: none.</summary>
    internal EmitFilterChain? EmitFilters { private get; init; }

    /// <summary>
    /// Completes when it is connected. If it is not, and its first attempt to start has failed, that failure is thrown.
    /// </summary>
    internal async Task ConnectedAsync(CancellationToken cancellationToken)
    {
        var connected = _state.Connected;
        await Task.WhenAny(connected, _firstAttempt.Task).WaitAsync(cancellationToken).ConfigureAwait(false);
        if (!connected.IsCompleted && await _firstAttempt.Task.ConfigureAwait(false) is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        await connected.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks the connection soon. A publisher that sends nothing does not notice that it is lost.</summary>
    internal void RequestCheck() => _pipeline.RequestCheck();

    /// <summary>
    /// Creates a publisher over the application's data source, which the publisher does not dispose. It connects in the background; events
    /// that are emitted before wait.
    /// </summary>
    /// <remarks>
    /// If it cannot start, the failure is logged and passed to <see cref="EventBusOptions.ErrorHandler"/> once, and the publisher tries
    /// again until it has started. Events that wait meanwhile fail when they expire.
    /// </remarks>
    /// <param name="dataSource">The database of the cluster.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static EventBusPublisher Create(
        NpgsqlDataSource dataSource,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return BusComposition.CreatePublisher(new PostgresDatabase(dataSource), options, loggerFactory, timeProvider);
    }

    /// <summary>Creates a publisher over a data source of its own.</summary>
    /// <inheritdoc cref="Create(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?)"/>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    public static EventBusPublisher Create(
        string connectionString, EventBusOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return BusComposition.CreatePublisher(new PostgresDatabase(connectionString), options, loggerFactory, timeProvider);
    }

    /// <summary>Creates a publisher in an in-memory cluster.</summary>
    /// <param name="cluster">The cluster that its nodes and publishers share.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static EventBusPublisher Create(
        InMemoryCluster cluster, EventBusOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return BusComposition.CreatePublisher(new MemoryDatabase(cluster), options, loggerFactory, timeProvider);
    }

    /// <summary>The sender of a contract's events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public Publisher<TContract> Emitter<TContract>()
        where TContract : class
        => new(SenderOf(Contract<TContract>.Required.Namespace));

    Publisher<TContract> IEventPublisher.Publisher<TContract>() => Emitter<TContract>();

    /// <summary>The operator that sends a contract's events to the nodes themselves, not to their sockets.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public ServerSideOperator<TContract> ServerSide<TContract>()
        where TContract : class
        => new(SenderOf(Contract<TContract>.Required.Namespace));

    /// <summary>The operator that sends events by name in a bus namespace, and manages its sockets.</summary>
    /// <exception cref="ArgumentException">The name makes no valid channel.</exception>
    public PublisherOperator<IUntypedEvents> Of(string busNamespace = EventBusDefaults.Namespace) => new(SenderOf(busNamespace));

    /// <summary>
    /// Sends an event to the nodes of a bus namespace themselves, not to their sockets; completes when PostgreSQL has committed it.
    /// </summary>
    /// <param name="eventName">The event's name; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="busNamespace">The bus namespace.</param>
    /// <param name="cancellationToken">Withdraws the event if it is not being published yet; otherwise ends only the wait.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved, or the namespace makes no valid channel.</exception>
    /// <exception cref="EventNotSentException">No node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Nodes may receive the event.</exception>
    public ValueTask ServerSideEmitAsync(
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        string busNamespace = EventBusDefaults.Namespace,
        CancellationToken cancellationToken = default) =>
        SenderOf(busNamespace).ServerSideEmitAsync(UntypedPacket.ForNodes(eventName, arguments), cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_disposeLock)
            return new ValueTask(_disposed ??= DisposeOnceAsync());
    }

    /// <summary>Publishes the queued events as <see cref="DisposeAsync"/> does, but waits no longer than the token allows.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken) =>
        await DisposeAsync().AsTask().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task DisposeOnceAsync()
    {
        _state.End(BusState.Stopping);
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
            _state.End(BusState.Stopped);
        }
    }

    // A failed start (no server yet, a standby) is reported early, and repeated. The pipeline publishes as soon as it can.
    private async Task StartAsync()
    {
        var backoff = new Backoff(Random.Shared);
        using var ending = _stopping.Token.Register(
            () => _firstAttempt.TrySetResult(new EventBusClosedException("The publisher was closed before it had started.")));
        var failures = new StartFailures(_diagnostics, _time, BusLog.PublisherNotStarted);
        while (!_stopping.IsCancellationRequested && !await TryStartAsync(failures).ConfigureAwait(false))
            await Task.Delay(backoff.Next(), _time, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<bool> TryStartAsync(StartFailures failures)
    {
        try
        {
            await _pipeline.StartAsync(_stopping.Token).ConfigureAwait(false);
            _firstAttempt.TrySetResult(null);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception exception)
        {
            _firstAttempt.TrySetResult(exception);
            failures.Add(exception);
            return false;
        }
    }

    private IEventSender CreateSender(string busNamespace)
    {
        var sender = _createSender(busNamespace);
        return EmitFilters is null ? sender : new FilteredSender(() => [busNamespace], EmitFilters, sender);
    }

    private IEventSender SenderOf(string busNamespace)
    {
        ArgumentNullException.ThrowIfNull(busNamespace);
        return _senders.GetOrAdd(busNamespace, static (name, publisher) => publisher.CreateSender(name), this);
    }
}
