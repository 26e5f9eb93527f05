using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>One handler of a socket's events.</summary>
internal abstract class SocketHandler(EventDecoder decoder)
{
    /// <summary>The decoder of the events that it is called with.</summary>
    public EventDecoder Decoder { get; } = decoder;

    /// <summary>Whether the bus stops and the handler has received a token that is cancelled: then a cancellation is no failure.</summary>
    public virtual bool IsStopping => false;

    /// <summary>Completes when it may be called; null if it may be called now. Until then its events wait in their queue.</summary>
    public virtual Task? Opening => null;

    /// <summary>Whether it handles the event of this name. Called before the event is decoded.</summary>
    public virtual bool Handles(ReadOnlySpan<byte> eventName) => true;

    /// <summary>Returns the labels of the activities and measurements of an event.</summary>
    public abstract EventLabels LabelsOf(object decoded);

    /// <summary>Returns a name of the handler for messages: of its event, and of its class if it has one.</summary>
    public abstract string Describe(object decoded);

    /// <summary>Calls the application's handler, and sends its ack if one is requested.</summary>
    public abstract ValueTask InvokeAsync(object decoded, PendingAck? ack);
}

/// <summary>The failure of a handler that a dead-letter handler has taken: it is counted and logged already.</summary>
internal sealed class TakenFailureException(Exception failure) : Exception(failure.Message, failure)
{
    /// <summary>The exception of the handler.</summary>
    public Exception Failure { get; } = failure;
}

/// <summary>A handler of all events of a contract.</summary>
/// <param name="handler">The application's handler.</param>
/// <param name="stop">Cancelled when the bus stops. Events that have a token pass it to the handler.</param>
internal sealed class ContractHandler<TContract>(TContract handler, CancellationToken stop)
    : SocketHandler(ContractDecoder<TContract>.Shared)
    where TContract : class
{
    public override bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Names an event, its contract and namespace, and the class of its handler.</summary>
    public static string Describe(object decoded, Type handlerType) =>
        $"'{Encoding.UTF8.GetString(((EventInvocation<TContract>)decoded).EventName)}' of {typeof(TContract).Name} "
        + $"in namespace '{Contract<TContract>.Required.Namespace}' ({handlerType.Name})";

    public override EventLabels LabelsOf(object decoded) => ((EventInvocation<TContract>)decoded).Labels;

    public override string Describe(object decoded) => Describe(decoded, handler.GetType());

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack) =>
        ((EventInvocation<TContract>)decoded).InvokeAsync(handler, ack, stop);
}

/// <summary>A handler of one event by name, or of every event, that receives the arguments as values.</summary>
/// <param name="eventName">The event's name; null for every event.</param>
/// <param name="handler">The application's handler. Its ack is null if none is requested.</param>
internal sealed class UntypedHandler(string? eventName, Func<string, IReadOnlyList<EventValue>, EventAck?, ValueTask> handler)
    : SocketHandler(UntypedDecoder.Shared)
{
    private readonly byte[]? _eventName = eventName is null ? null : Encoding.UTF8.GetBytes(eventName);
    private readonly EventLabels? _labels = eventName is null ? null : new EventLabels(contract: null, eventName);

    /// <summary>A handler whose result is the ack. If it throws, no ack is sent.</summary>
    public static UntypedHandler Acknowledge(string? eventName, Func<string, IReadOnlyList<EventValue>, ValueTask<EventValue>> handler) =>
        new(eventName, async (name, arguments, ack) =>
        {
            var result = await handler(name, arguments).ConfigureAwait(false);
            ack?.Send(result);
        });

    public override bool Handles(ReadOnlySpan<byte> eventName) => _eventName is null || eventName.SequenceEqual(_eventName);

    // Any sender can invent names for a handler of every event.
    public override EventLabels LabelsOf(object decoded) =>
        _labels ?? new EventLabels(contract: null, ((UntypedEvent)decoded).Name, isNameBounded: false);

    public override string Describe(object decoded) => $"'{((UntypedEvent)decoded).Name}'";

    public override ValueTask InvokeAsync(object decoded, PendingAck? ack)
    {
        var received = (UntypedEvent)decoded;
        return handler(received.Name, received.Arguments, ack);
    }
}
