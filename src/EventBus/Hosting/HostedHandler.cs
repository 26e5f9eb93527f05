using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Hosting;

/// <summary>The parts that all handlers of one host share.</summary>
internal sealed class HandlerHost(
    IServiceProvider services, EventBusRegistration registration, BusDiagnostics diagnostics, CancellationToken stop)
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;

    public object? Key => registration.Key;

    public IServiceProvider Services => services;

    public BusDiagnostics Diagnostics => diagnostics;

    /// <summary>Cancelled when the bus stops.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Completes when the host has started. Until then events wait in the queues of their sockets.</summary>
    public Task Opened => _opened.Task;

    public IReadOnlyList<IHandlerFilter> Filters { get; } = registration.Resolve<IHandlerFilter>(services, registration.HandlerFilters);

    /// <summary>Whether a failed event goes to a dead-letter handler.</summary>
    public bool HasDeadLetters => registration.DeadLetterHandler is not null;

    /// <summary>Whether the host stops its services: from then on no handler is called.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosed);

    public void Open() => _opened.TrySetResult();

    public void Close() => Volatile.Write(ref _isClosed, true);

    /// <summary>Passes an event that failed to the dead-letter handler.</summary>
    public async ValueTask HandleDeadLetterAsync(HandlerContext context, Exception failure)
    {
        try
        {
            var scope = services.CreateAsyncScope();
            await using var ofScope = scope.ConfigureAwait(false);
            var handler = (IDeadLetterHandler)scope.ServiceProvider.GetRequiredKeyedService(registration.DeadLetterHandler!, Key);
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
internal sealed class HostedHandler<TContract, THandler> : SocketHandler
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

    public override string Describe(object decoded) => ContractHandler<TContract>.Describe(decoded, typeof(THandler));

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var invocation = (EventInvocation<TContract>)decoded;
        if (!_host.Opened.IsCompletedSuccessfully)
            return InvokeOnceOpenAsync(invocation, ack);
        if (_host.IsClosed)
        {
            ack?.GiveUp();
            _host.Diagnostics.Dropped.Add();
            return ValueTask.CompletedTask;
        }

        return _isPlain ? CallAsync(invocation, ack) : FilterAsync(invocation, ack);
    }

    private async ValueTask InvokeOnceOpenAsync(EventInvocation<TContract> invocation, PendingAck? ack)
    {
        await _host.Opened.WaitAsync(_host.Stop).ConfigureAwait(false);
        await InvokeAsync(invocation, ack).ConfigureAwait(false);
    }

    private async ValueTask FilterAsync(EventInvocation<TContract> invocation, PendingAck? ack)
    {
        var context = new HandlerContext(invocation, typeof(TContract), typeof(THandler), _busNamespace, _host.Stop);
        try
        {
            await NextAsync(0, context).ConfigureAwait(false);
        }
        catch (Exception exception) when (_host.HasDeadLetters && !(IsStopping && exception is OperationCanceledException))
        {
            await _host.HandleDeadLetterAsync(context, exception).ConfigureAwait(false);
            _host.Diagnostics.HandlerFailures.Add();
            _host.Diagnostics.Logger.HandlerFailureTaken(exception, Describe(invocation));
        }

        ValueTask NextAsync(int index, HandlerContext context) => index == _host.Filters.Count
            ? CallAsync(invocation, ack)
            : _host.Filters[index].InvokeAsync(context, next => NextAsync(index + 1, next));
    }

    private ValueTask CallAsync(EventInvocation<TContract> invocation, PendingAck? ack) => _singleton is null
        ? CallScopedAsync(invocation, ack)
        : invocation.InvokeAsync(_singleton, ack, _host.Stop);

    // The scope is disposed before the socket's next event.
    private async ValueTask CallScopedAsync(EventInvocation<TContract> invocation, PendingAck? ack)
    {
        var scope = _scopes.CreateAsyncScope();
        await using var ofScope = scope.ConfigureAwait(false);
        var handler = scope.ServiceProvider.GetRequiredKeyedService<THandler>(_host.Key);
        await invocation.InvokeAsync(handler, ack, _host.Stop).ConfigureAwait(false);
    }
}
