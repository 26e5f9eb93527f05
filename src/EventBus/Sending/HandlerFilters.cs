using System.Text;
using EventBus.Diagnostics;

namespace EventBus;

/// <summary>Handles an event: the next filter, or the handler itself.</summary>
public delegate ValueTask HandlerDelegate(HandlerContext context);

/// <summary>
/// Runs around the handlers that the host adds: for validation, logging, retries. Add it with <c>AddHandlerFilter</c>. It must be
/// thread-safe.
/// </summary>
/// <remarks>
/// While a filter waits, the next event of the socket waits, too. Each call of the next delegate resolves the handler from a new scope, so
/// an attempt that is repeated has its own scope.
/// </remarks>
public interface IHandlerFilter
{
    /// <summary>Called for each event. Do not call <paramref name="next"/> to keep the event from the handler.</summary>
    /// <param name="context">The event.</param>
    /// <param name="next">Calls the next filter, or the handler. It may be called again.</param>
    ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next);
}

/// <summary>
/// Takes the events whose handling has failed after the last attempt, for example to store them. Add it with <c>AddDeadLetterHandler</c>.
/// Without one, the failure is logged and passed to <see cref="EventBusOptions.ErrorHandler"/>.
/// </summary>
public interface IDeadLetterHandler
{
    /// <summary>
    /// Called with an event whose handler or filter threw. The next event of the socket waits. If it throws, both exceptions are reported.
    /// </summary>
    ValueTask HandleAsync(HandlerContext context, Exception exception);
}

/// <summary>A received event, independent of its contract.</summary>
internal interface IReceivedEvent
{
    /// <summary>The event's name on the wire, in UTF-8.</summary>
    byte[] EventName { get; }

    /// <inheritdoc cref="IPacket.Labels"/>
    EventLabels Labels { get; }

    /// <summary>The arguments in their order.</summary>
    IReadOnlyList<object?> GetArguments();
}

/// <summary>A received event, and the handler that it is for.</summary>
public sealed class HandlerContext
{
    private readonly IReceivedEvent _received;

    internal HandlerContext(
        IReceivedEvent received, Type contract, Type handlerType, string busNamespace, CancellationToken cancellationToken)
    {
        _received = received;
        Contract = contract;
        HandlerType = handlerType;
        Namespace = busNamespace;
        CancellationToken = cancellationToken;
    }

    /// <summary>The bus namespace.</summary>
    public string Namespace { get; }

    /// <summary>The interface of the contract.</summary>
    public Type Contract { get; }

    /// <summary>The event's name on the wire.</summary>
    public string EventName => field ??= Encoding.UTF8.GetString(_received.EventName);

    /// <summary>The arguments in their order. The handler receives the same objects.</summary>
    public IReadOnlyList<object?> Arguments => field ??= _received.GetArguments();

    /// <summary>The class that handles the event.</summary>
    public Type HandlerType { get; }

    /// <summary>Cancelled when the bus stops.</summary>
    public CancellationToken CancellationToken { get; }
}
