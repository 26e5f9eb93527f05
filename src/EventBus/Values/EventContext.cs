namespace EventBus;

/// <summary>Where a received event came from. An event of a contract that has a parameter of this type hands its handlers one; it is not sent.</summary>
/// <remarks>Immutable and thread-safe. All handlers of a contract in this process are given the same one; it is made only for events that ask for it.</remarks>
public sealed class EventContext
{
    /// <summary>The bus namespace that the event was sent in.</summary>
    public required string Namespace { get; init; }

    /// <summary>
    /// The id (uid) of the node that sent it, this one's own too. Null where no node did: the event came from a publisher, from within a transaction, or from Socket.IO's emitter.
    /// </summary>
    public string? Sender { get; init; }

    /// <summary>The publish pipeline that it came through: 16 hex digits, random at each of its starts, as in <see cref="EventGap.Source"/>. Null where a Socket.IO server or emitter sent it.</summary>
    public string? Source { get; init; }

    /// <summary>The rooms that it was sent to, in the order in which they were named; the receiver is in one of them at least. Empty where it went to everyone, or to the nodes themselves.</summary>
    public IReadOnlyList<string> Rooms
    {
        get => field ??= Targets.ToArray();
        init;
    }

    /// <summary>
    /// The event's number among those of its source in this namespace, counted from 1. Null where it has none: a Socket.IO server or emitter sent it, it was sent within a transaction, or
    /// this node sent it, whose own receivers have an event before it is numbered.
    /// </summary>
    public long? Sequence { get; init; }

    /// <summary>When this process received the event, or sent it where it came from here, by the bus's <see cref="TimeProvider"/>; in UTC. The wire does not say when an event was sent.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The rooms, where nobody has asked for a list of them yet.</summary>
    internal RoomSet Targets { private get; init; }
}
