using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>One packet on its way to local sockets: decodes it at most once per decoder, when the first handler wants it.</summary>
internal ref struct PacketDelivery
{
    private readonly ReadOnlySpan<byte> _eventName;
    private readonly EncodedValue _packetData;
    private readonly ref readonly EventOrigin _origin;
    private readonly BusDiagnostics _diagnostics;

    // Nearly always all receivers share one decoder; the list is for the rest.
    private EventDecoder? _decoder;
    private object? _decoded;
    private List<(EventDecoder Decoder, object? Decoded)>? _others;

    public PacketDelivery(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, BusDiagnostics diagnostics)
    {
        _eventName = eventName;
        _packetData = packetData;
        _origin = ref origin;
        _diagnostics = diagnostics;
    }

    public readonly ReadOnlySpan<byte> EventName => _eventName;

    /// <summary>The number of bytes of the encoded packet.</summary>
    public readonly int Size => _packetData.Bytes.Length;

    /// <summary>Whether the pump delivers it, which can wait before the next one; an emitter of this process cannot.</summary>
    public readonly bool CanWait => _origin.IsReceived;

    /// <summary>What the decoder makes of the packet; null where it knows no such event, or could not decode it (counted and logged once).</summary>
    public object? DecodedBy(EventDecoder decoder)
    {
        if (ReferenceEquals(decoder, _decoder))
            return _decoded;
        if (_decoder is null)
        {
            _decoder = decoder;
            return _decoded = Decode(decoder);
        }

        foreach (var other in _others ??= [])
        {
            if (ReferenceEquals(decoder, other.Decoder))
                return other.Decoded;
        }

        var decoded = Decode(decoder);
        _others.Add((decoder, decoded));
        return decoded;
    }

    private readonly object? Decode(EventDecoder decoder)
    {
        try
        {
            return decoder.Decode(_eventName, _packetData, in _origin);
        }
        catch (Exception exception) // A payload type's own constructor may throw anything; it concerns neither the sender nor the other sockets.
        {
            _diagnostics.Rejections.Undecoded(exception, Encoding.UTF8.GetString(_eventName));
            return null;
        }
    }
}
