using EventBus.CompilerServices;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Tells of events in one bus namespace where they came from: from this node, or over the wire.</summary>
/// <param name="own">Who this node is.</param>
/// <param name="time">Tells when they came.</param>
internal sealed class EventOrigins(MessageEncoderOptions own, TimeProvider time)
{
    /// <summary>Of an event that this node sends: its receivers here have it before it is numbered.</summary>
    public EventOrigin Here(in RoomSet rooms) => new() { Namespace = own.Namespace, Sender = own.Uid, Source = own.Source, Rooms = rooms, Time = time };

    public EventOrigin Of(ClusterMessage message) => new()
    {
        Namespace = message.Namespace,
        Sender = message.Uid == EmitterAdapter.Uid ? null : message.Uid,
        Source = message.Key.Source,
        Number = message.Key.Number,
        Rooms = message.Options.Rooms,
        IsReceived = true,
        Time = time,
    };
}
