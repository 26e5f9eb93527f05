using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>
/// The delivery of one packet to local sockets. Each decoder decodes it at most once, for the first handler that needs it.
/// </summary>
internal ref struct PacketDelivery
{
    private readonly ReadOnlySpan<byte> _eventName;
    private readonly EncodedValue _packetData;
    private readonly ref readonly EventOrigin _origin;
    private readonly BusDiagnostics _diagnostics;

    // Nearly always all sockets share one decoder; the list is for the others.
    private EventDecoder? _decoder;
    private object? _decoded;
    private List<(EventDecoder Decoder, object? Decoded)>? _others;
    private bool _isAsked; // Whether a decoder was asked.
    private bool _isKnown; // Whether a decoder has the event.

    public PacketDelivery(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, BusDiagnostics diagnostics)
    {
        _eventName = eventName;
        _packetData = packetData;
        _origin = ref origin;
        _diagnostics = diagnostics;
    }

    /// <summary>The event's name in UTF-8.</summary>
    public readonly ReadOnlySpan<byte> EventName => _eventName;

    /// <summary>The number of bytes of the encoded packet.</summary>
    public readonly int Size => _packetData.Bytes.Length;

    /// <summary>Whether the pump delivers it and can wait before the next one. An emitter of this process cannot.</summary>
    public readonly bool CanWait => _origin.IsReceived;

    /// <summary>Follows the event; null if nobody listens.</summary>
    public readonly ReceivedTrace? Trace => _origin.Trace;

    /// <summary>Delivers the packet to sockets.</summary>
    /// <param name="sockets">The sockets.</param>
    /// <param name="receiver">Receives the ack of each socket; null if none is requested.</param>
    /// <returns>The number of sockets that accepted the packet.</returns>
    public int DeliverTo(ReadOnlySpan<Socket> sockets, IAckReceiver? receiver = null)
    {
        var accepted = 0;
        foreach (var socket in sockets)
        {
            if (receiver is null && !socket.HasHandlers)
                continue;
            var ack = receiver is null ? null : new PendingAck(receiver);
            if (socket.Deliver(ref this, ack))
                accepted++;
            else
                ack?.GiveUp();
        }

        // This process knows the names of its own events.
        if (_isAsked && !_isKnown && _origin.IsReceived)
            _diagnostics.Rejections.Unknown(_eventName, _origin.Namespace);
        return accepted;
    }

    /// <summary>
    /// Decodes the packet, unless it was decoded before; null if the decoder has no such event, or could not decode it, which is counted
    /// and logged once.
    /// </summary>
    public object? Decode(EventDecoder decoder)
    {
        if (ReferenceEquals(decoder, _decoder))
            return _decoded;
        if (_decoder is null)
        {
            _decoder = decoder;
            return _decoded = DecodeOnce(decoder);
        }

        foreach (var other in _others ??= [])
        {
            if (ReferenceEquals(decoder, other.Decoder))
                return other.Decoded;
        }

        var decoded = DecodeOnce(decoder);
        _others.Add((decoder, decoded));
        return decoded;
    }

    private object? DecodeOnce(EventDecoder decoder)
    {
        _isAsked = true;
        try
        {
            var decoded = decoder.Decode(_eventName, _packetData, in _origin);
            _isKnown |= decoded is not null;
            return decoded;
        }
        catch (Exception exception) // The constructor of a payload type may throw anything. That concerns neither sender nor other sockets.
        {
            _isKnown = true;
            _diagnostics.Rejections.Undecoded(exception, _eventName);
            if (Trace is { } trace)
                _diagnostics.Observer.Undecoded(trace, _eventName, exception);
            return null;
        }
    }
}
