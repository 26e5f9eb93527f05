namespace EventBus;

/// <summary>
/// The origin of a received event. If an event of a contract has a parameter of this type, its handlers receive one; it is not sent.
/// </summary>
/// <remarks>
/// Immutable and thread-safe. All handlers of a contract in this process receive the same one. It is created only for events that use it.
/// </remarks>
public sealed class EventContext
{
    /// <summary>The bus namespace that the event was sent in.</summary>
    public required string Namespace { get; init; }

    /// <summary>
    /// The uid of the node that sent it, which may be this one. Null if no node did: the event was sent by a publisher, in a transaction,
    /// or by Socket.IO's emitter.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>
    /// The publish pipeline of the event: 16 hex digits, random at each start, as in <see cref="EventGap.Source"/>. Null if a Socket.IO
    /// server or emitter sent it.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>
    /// The rooms that it was sent to, in the order they were named. Empty if it was sent to all sockets, or to the nodes themselves.
    /// </summary>
    public IReadOnlyList<string> Rooms
    {
        get => field ??= Targets.ToArray();
        init;
    }

    /// <summary>
    /// The event's number among those of its source in this namespace, counted from 1. Null if it has none: a Socket.IO server or emitter
    /// sent it, it was sent in a transaction, or this node sent it (sockets of the sending process have an event before it is numbered).
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>
    /// When this process received the event or, if it was sent here, sent it; in UTC, by the bus's <see cref="TimeProvider"/>. The wire
    /// does not say when an event was sent.
    /// </summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The rooms, until the first call of <see cref="Rooms"/> makes a list of them.</summary>
    internal RoomSet Targets { private get; init; }
}
