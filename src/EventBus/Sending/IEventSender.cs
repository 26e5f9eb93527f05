using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus;

/// <summary>
/// The data of one packet, <c>[event, ...arguments]</c>: typed by a contract, or an event by name. Implemented by structs.
/// </summary>
internal interface IPacket : IWritable
{
    /// <summary>The event's name on the wire, in UTF-8.</summary>
    byte[] EventName { get; }

    /// <summary>The interface of the contract; null for an event by name.</summary>
    Type? Contract { get; }

    /// <summary>Whether it is written to the journal. Read it once, because a key is computed.</summary>
    JournalMark Journal { get; }

    /// <summary>The labels of its activities and measurements. Read them only if somebody listens.</summary>
    EventLabels Labels { get; }

    /// <summary>The arguments in their order.</summary>
    IReadOnlyList<object?> GetArguments();
}

/// <summary>Sends to the sockets and nodes of one bus namespace. Thread-safe.</summary>
/// <remarks>
/// A packet is encoded, and has its place in the order, when the call returns. The task completes when PostgreSQL has committed it.
/// </remarks>
internal interface IEventSender
{
    /// <summary>Sends an event to the target's sockets.</summary>
    ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    /// <summary>Sends an event to the target's sockets without waiting; false if the publish queue is full or closed.</summary>
    bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket;

    /// <summary>Sends an event to the other nodes themselves.</summary>
    ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    /// <summary>Makes the target's sockets join rooms.</summary>
    ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Makes the target's sockets leave rooms.</summary>
    ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Disconnects the target's sockets.</summary>
    ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken);

    /// <summary>Encodes an event as <see cref="EmitAsync"/> would, and sends nothing.</summary>
    MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket;

    /// <summary>Encodes an event as <see cref="ServerSideEmitAsync"/> would, and sends nothing.</summary>
    MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket;
}

/// <summary>
/// Sends, and receives acks: a node, which listens. A null timeout stands for <see cref="EventBusOptions.RequestsTimeout"/>.
/// </summary>
internal interface IEventRequester : IEventSender
{
    /// <summary>Sends an event to the target's sockets and gathers their acks, which <paramref name="readAck"/> decodes.</summary>
    ValueTask<Acks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        in BroadcastTarget target,
        in TPacket packet,
        Func<EncodedValue, TAck> readAck,
        TimeSpan? timeout,
        CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    /// <summary>Creates a stream that sends the event and yields the acks when it is enumerated.</summary>
    AckStream<TAck> StreamAcks<TPacket, TAck>(
        in BroadcastTarget target, in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout)
        where TPacket : struct, IPacket;

    /// <summary>Sends an event to the other nodes themselves and gathers one ack of each.</summary>
    ValueTask<ServerSideAcks<TAck>> ServerSideEmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    /// <summary>Fetches the target's sockets from all nodes.</summary>
    ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken);

    /// <summary>Encodes an event as <see cref="EmitWithAckAsync"/> would, and sends nothing.</summary>
    MeasuredEvent MeasureWithAck<TPacket>(in BroadcastTarget target, in TPacket packet, TimeSpan? timeout)
        where TPacket : struct, IPacket;
}

/// <summary>Checks the sender of an operator, which is a struct and so can be <see langword="default"/>.</summary>
internal static class EventSenders
{
    /// <exception cref="InvalidOperationException">The operator is <see langword="default"/>.</exception>
    public static TSender OrThrow<TSender>(this TSender? sender)
        where TSender : class, IEventSender
        => sender ?? throw new InvalidOperationException("Use an operator obtained from an emitter. This one is 'default'.");
}
