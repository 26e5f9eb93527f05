using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>Turns a packet's data into what a kind of handler takes. One per contract and one for untyped handlers, so that a packet is decoded once for all of a kind.</summary>
internal abstract class EventDecoder
{
    /// <summary>Decodes the packet, or answers null where this kind of handler knows no such event.</summary>
    /// <exception cref="EventSerializationException">The arguments are not the event's.</exception>
    public abstract object? Decode(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin);
}
