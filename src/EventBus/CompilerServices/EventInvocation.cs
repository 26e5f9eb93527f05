using System.ComponentModel;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>One received event of a contract, decoded once and passed to every handler of the contract.</summary>
internal abstract class EventInvocation<TContract> : IReceivedEvent
    where TContract : class
{
    /// <inheritdoc/>
    public abstract byte[] EventName { get; }

    /// <inheritdoc/>
    public abstract EventLabels Labels { get; }

    /// <inheritdoc/>
    public abstract IReadOnlyList<object?> GetArguments();

    /// <summary>Calls the handler, and sends its ack if the event is acknowledged and an ack is requested.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="receiver">Receives the ack; null if none is requested.</param>
    /// <param name="cancellationToken">For a handler that takes one.</param>
    internal abstract ValueTask InvokeAsync(TContract handler, IAckReceiver? receiver, CancellationToken cancellationToken);
}

/// <summary>Receives the ack of an event, and encodes it at once.</summary>
internal interface IAckReceiver
{
    /// <summary>Whether the receiver is in this process and waits for the ack.</summary>
    bool IsOpen { get; }

    /// <summary>No ack will be sent, because the socket has left.</summary>
    void GiveUp();

    void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable;
}

/// <summary>The values that the bus provides to a handler beside the arguments of the event. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ProvidedArguments
{
    private readonly EventContext? _context;

    internal ProvidedArguments(EventContext? context, CancellationToken cancellationToken)
    {
        _context = context;
        CancellationToken = cancellationToken;
    }

    /// <summary>The origin of the event; only for an event that takes a context.</summary>
    public EventContext Context => _context!;

    /// <summary>Cancelled when the bus stops.</summary>
    public CancellationToken CancellationToken { get; }
}

/// <summary>The origin and the target of a packet. A context is created from it for an event that takes one.</summary>
internal readonly struct EventOrigin
{
    public required string Namespace { get; init; }

    /// <summary>The uid of the node; null if the packet names no node.</summary>
    public string? Sender { get; init; }

    public string? Source { get; init; }

    /// <summary>The event's own number; null if it has none.</summary>
    public long? Number { get; init; }

    public RoomSet Rooms { get; init; }

    /// <summary>Whether the packet arrived over the wire, and was not sent by this process.</summary>
    public bool IsReceived { get; init; }

    /// <summary>Follows the event to its handlers; null if nobody listens.</summary>
    public ReceivedTrace? Trace { get; init; }

    public required TimeProvider Time { get; init; }

    public EventContext Describe() => new()
    {
        Namespace = Namespace,
        Sender = Sender,
        Source = Source,
        Sequence = Number,
        ReceivedAt = Time.GetUtcNow(),
        Targets = Rooms,
    };
}
