using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Durable;
using EventBus.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Hosting;

/// <summary>The parts that all handlers of one host share. Thread-safe.</summary>
internal sealed class HandlerHost : IDisposable
{
    private readonly EventBusRegistration _registration;
    private readonly CancellationTokenSource _stopping;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private bool _isStopping;
    private bool _isClosed;

    public HandlerHost(
        IServiceProvider services, EventBusRegistration registration, BusDiagnostics diagnostics, CancellationToken busStop)
    {
        _registration = registration;
        _stopping = CancellationTokenSource.CreateLinkedTokenSource(busStop);
        Stop = _stopping.Token;
        Services = services;
        Diagnostics = diagnostics;
        Filters = registration.Resolve<IHandlerFilter>(services, registration.HandlerFilters);
    }

    public object? Key => _registration.Key;

    public IServiceProvider Services { get; }

    public BusDiagnostics Diagnostics { get; }

    /// <summary>Cancelled when the host begins to stop. Handlers receive it.</summary>
    public CancellationToken Stop { get; }

    /// <summary>Completes when the host has started. Until then events wait in the queues of their sockets.</summary>
    public Task Opened => _opened.Task;

    public IReadOnlyList<IHandlerFilter> Filters { get; }

    /// <summary>Whether a failed event goes to a dead-letter handler.</summary>
    public bool HasDeadLetters => _registration.DeadLetterHandler is not null;

    public void Open() => _opened.TrySetResult();

    /// <summary>Whether a handler may be called now. Each call that returns true is followed by <see cref="Leave"/>.</summary>
    public bool TryEnter()
    {
        Interlocked.Increment(ref _running);
        if (!Volatile.Read(ref _isClosed))
            return true;
        Leave();
        return false;
    }

    /// <summary>A handler has ended.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _running) == 0 && Volatile.Read(ref _isStopping))
            _idle.TrySetResult();
    }

    /// <summary>Cancels the tokens of the handlers. Completes when none runs.</summary>
    public async Task StopAsync()
    {
        // If the host has not started, the events that wait are dropped.
        if (!_opened.Task.IsCompleted)
            Close();
        Open();
        await _stopping.CancelAsync().ConfigureAwait(false);
        Interlocked.Exchange(ref _isStopping, true);
        if (Volatile.Read(ref _running) == 0)
            _idle.TrySetResult();
        await _idle.Task.ConfigureAwait(false);
    }

    /// <summary>From now on no handler is called.</summary>
    public void Close() => Interlocked.Exchange(ref _isClosed, true);

    public void Dispose() => _stopping.Dispose();

    /// <summary>Passes an event that failed to the dead-letter handler.</summary>
    public async ValueTask HandleDeadLetterAsync(HandlerContext context, Exception failure)
    {
        try
        {
            var scope = Services.CreateAsyncScope();
            await using var ofScope = scope.ConfigureAwait(false);
            var handler = (IDeadLetterHandler)scope.ServiceProvider.GetRequiredKeyedService(_registration.DeadLetterHandler!, Key);
            await handler.HandleAsync(context, failure).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw new AggregateException("The handler of an event failed, and then its dead-letter handler, too.", failure, exception);
        }
    }
}

/// <summary>
/// A handler from the services of the host. It is resolved from a new scope for each event, unless it is registered as a singleton.
/// </summary>
internal sealed class HostedHandler<TContract, THandler> : SocketHandler, IDurableHandler
    where TContract : class
    where THandler : class, TContract
{
    private readonly HandlerHost _host;
    private readonly string _busNamespace;
    private readonly IServiceScopeFactory _scopes;
    private readonly THandler? _singleton;
    private readonly bool _isPlain;

    /// <param name="host">The shared parts.</param>
    /// <param name="busNamespace">The bus namespace of the contract.</param>
    /// <param name="isSingleton">Whether the handler is registered as a singleton, which needs no scope.</param>
    public HostedHandler(HandlerHost host, string busNamespace, bool isSingleton)
        : base(ContractDecoder<TContract>.Shared)
    {
        _host = host;
        _busNamespace = busNamespace;
        _scopes = host.Services.GetRequiredService<IServiceScopeFactory>();
        _singleton = isSingleton ? host.Services.GetRequiredKeyedService<THandler>(host.Key) : null;
        _isPlain = host.Filters.Count == 0 && !host.HasDeadLetters;
    }

    public override bool IsStopping => _host.Stop.IsCancellationRequested;

    public override Task? Opening => _host.Opened.IsCompleted ? null : _host.Opened;

    public override EventLabels LabelsOf(object decoded) => ((EventInvocation<TContract>)decoded).Labels;

    public override string Describe(object decoded) => ContractHandler<TContract>.Describe(decoded, typeof(THandler));

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var invocation = (EventInvocation<TContract>)decoded;
        return _isPlain ? CallAsync(invocation, ack) : TakeFailureAsync(invocation, ack);
    }

    string IDurableHandler.Contract => typeof(TContract).FullName ?? typeof(TContract).Name;

    string IDurableHandler.Namespace => _busNamespace;

    IReadOnlySet<string> IDurableHandler.EventNames => NamesOf(static _ => true).ToHashSet(StringComparer.Ordinal);

    // An event that only the option writes has no key.
    IReadOnlyList<string> IDurableHandler.WithoutKey => NamesOf(static item => item.KeyOf is null || !item.IsJournaled);

    IReadOnlyList<string> IDurableHandler.FindUnjournaled(JournalScope scope) =>
        NamesOf(item => !item.IsJournaled && (scope == JournalScope.Marked || !item.CanBeJournaled));

    CancellationToken IDurableHandler.Stop => _host.Stop;

    Task IDurableHandler.Opened => _host.Opened;

    ValueTask IDurableHandler.InvokeAsync(object decoded, DurableContext context) =>
        FilterAsync((EventInvocation<TContract>)decoded, ack: null, context);

    ValueTask IDurableHandler.BuriedAsync(object decoded, Exception failure) => _host.HasDeadLetters
        ? _host.HandleDeadLetterAsync(ContextOf((EventInvocation<TContract>)decoded), failure)
        : ValueTask.CompletedTask;

    private static List<string> NamesOf(Func<EventDefinition, bool> isWanted) =>
        [.. Contract<TContract>.Required.Events.Where(isWanted).Select(static item => Encoding.UTF8.GetString(item.Name))];

    private HandlerContext ContextOf(EventInvocation<TContract> invocation) =>
        new(invocation, typeof(TContract), typeof(THandler), _busNamespace, _host.Stop);

    private ValueTask FilterAsync(EventInvocation<TContract> invocation, PendingAck? ack, DurableContext? durable)
    {
        return NextAsync(0, ContextOf(invocation));

        ValueTask NextAsync(int index, HandlerContext context) => index == _host.Filters.Count
            ? CallAsync(invocation, ack, durable)
            : _host.Filters[index].InvokeAsync(context, next => NextAsync(index + 1, next));
    }

    private async ValueTask TakeFailureAsync(EventInvocation<TContract> invocation, PendingAck? ack)
    {
        try
        {
            await FilterAsync(invocation, ack, durable: null).ConfigureAwait(false);
        }
        catch (Exception exception) when (_host.HasDeadLetters && !(IsStopping && exception is OperationCanceledException))
        {
            await _host.HandleDeadLetterAsync(ContextOf(invocation), exception).ConfigureAwait(false);
            _host.Diagnostics.HandlerFailures.Add();
            _host.Diagnostics.Logger.HandlerFailureTaken(exception, Describe(invocation));
            throw new TakenFailureException(exception);
        }
    }

    // The scope is disposed before the socket's next event, and after the ack, whose value may belong to the scope.
    private async ValueTask CallAsync(EventInvocation<TContract> invocation, PendingAck? ack, DurableContext? durable = null)
    {
        if (!_host.TryEnter())
        {
            _host.Diagnostics.Dropped.Add();
            throw new OperationCanceledException("The host stops, so no handler is called.");
        }

        try
        {
            if (_singleton is null)
                await CallScopedAsync(invocation, ack, durable).ConfigureAwait(false);
            else
                await invocation.InvokeAsync(_singleton, ack, _host.Stop).ConfigureAwait(false);
        }
        finally
        {
            _host.Leave();
        }
    }

    private async ValueTask CallScopedAsync(EventInvocation<TContract> invocation, PendingAck? ack, DurableContext? durable)
    {
        var scope = _scopes.CreateAsyncScope();
        await using var ofScope = scope.ConfigureAwait(false);
        if (durable is not null)
            scope.ServiceProvider.GetRequiredService<DurableScope>().Context = durable;
        var handler = scope.ServiceProvider.GetRequiredKeyedService<THandler>(_host.Key);
        await invocation.InvokeAsync(handler, ack, _host.Stop).ConfigureAwait(false);
    }
}
