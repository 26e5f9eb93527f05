using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>A received cluster message, checked against its type. The encoded values in it are borrowed: they are valid during the call that hands it over.</summary>
internal sealed class ClusterMessage
{
    public required MessageType Type { get; init; }

    /// <summary>The node that sent it, or <c>emitter</c>.</summary>
    public required string Uid { get; init; }

    /// <summary>The bus namespace: the channel's, which a message's own <c>nsp</c> must not contradict.</summary>
    public required string Namespace { get; init; }

    public SequenceKey Key { get; init; }

    /// <summary>How many bytes it has as it was received.</summary>
    public int Size { get; init; }

    /// <summary>Whom it concerns (types 3 to 7).</summary>
    public BroadcastOptions Options { get; init; }

    /// <summary>The event's name in UTF-8, unescaped (types 3 and 9).</summary>
    public ReadOnlyMemory<byte> EventName { get; init; }

    /// <summary>The packet's data, <c>[name, ...arguments]</c> (types 3 and 9).</summary>
    public EncodedValue PacketData { get; init; }

    /// <summary>The request it asks or answers (types 3 and 9 where acknowledged; 7, 8, 10, 11, 12).</summary>
    public string? RequestId { get; init; }

    /// <summary>The rooms to join or leave (types 4 and 5).</summary>
    public RoomSet Rooms { get; init; }

    /// <summary>Whether to close the underlying connection (type 6).</summary>
    public bool Close { get; init; }

    /// <summary>How many sockets will answer (type 11).</summary>
    public int ClientCount { get; init; }

    /// <summary>The answer (types 10 and 12).</summary>
    public EncodedValue Answer { get; init; }

    /// <summary>The fetched sockets, an array of maps (type 8).</summary>
    public IReadOnlyList<SocketSnapshot> Sockets { get; init; } = [];
}
