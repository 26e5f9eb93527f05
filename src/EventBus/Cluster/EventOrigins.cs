using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Describes the origin of the events of one bus namespace: this node, or the wire.</summary>
/// <param name="own">The identity of this node.</param>
/// <param name="time">The clock of the events.</param>
/// <param name="observer">Follows the events.</param>
internal sealed class EventOrigins(MessageEncoderOptions own, TimeProvider time, EventObserver observer)
{
    /// <summary>Returns the origin of an event that this node sends. It has no number yet when local sockets receive it.</summary>
    public EventOrigin Local(in RoomSet rooms) => new()
    {
        Namespace = own.Namespace,
        Sender = own.Uid,
        Source = own.Source,
        Rooms = rooms,
        Trace = observer.SeesHandling ? observer.SendLocally(own.Channel) : null,
        Time = time,
    };

    /// <summary>Returns whether a message has the source of this node: it is an event of one of its transactions.</summary>
    public bool IsOwn(ClusterMessage message) => message.Key.Source == own.Source;

    /// <summary>Returns the origin of a received event.</summary>
    public EventOrigin Of(ClusterMessage message) => new()
    {
        Namespace = message.Namespace,
        Sender = message.Uid == MessageEncoderOptions.EmitterUid ? null : message.Uid,
        Source = message.Key.Source,
        Number = message.Key.Number,
        Rooms = message.Options.Rooms,
        IsReceived = true,
        Trace = observer.SeesHandling
            ? observer.Receive(own.Channel, message.Trace.Parent.Span, message.Trace.Baggage.Span, message.Arrived)
            : null,
        Time = time,
    };
}
