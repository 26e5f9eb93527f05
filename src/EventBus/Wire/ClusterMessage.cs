using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The types of cluster messages, as numbered by the Socket.IO cluster adapter.</summary>
internal enum MessageType : byte
{
    None = 0,
    InitialHeartbeat = 1,
    Heartbeat = 2,
    Broadcast = 3,
    SocketsJoin = 4,
    SocketsLeave = 5,
    DisconnectSockets = 6,
    FetchSockets = 7,
    FetchSocketsResponse = 8,
    ServerSideEmit = 9,
    ServerSideEmitResponse = 10,
    BroadcastClientCount = 11,
    BroadcastAck = 12,
    AdapterClose = 13,
}

/// <summary>
/// A received cluster message, checked against its type. Its encoded values are borrowed: they are valid during the call that delivers it.
/// </summary>
internal sealed class ClusterMessage
{
    public required MessageType Type { get; init; }

    /// <summary>The sender: a node's uid, or <c>emitter</c>.</summary>
    public required string Uid { get; init; }

    /// <summary>The bus namespace of the channel, which the message's own <c>nsp</c> must not contradict.</summary>
    public required string Namespace { get; init; }

    public SequenceKey Key { get; init; }

    /// <summary>The backend that has sent it, as PostgreSQL stamps it on the notification; 0 if there are none.</summary>
    public int Pid { get; set; }

    /// <summary>The number of received bytes.</summary>
    public int Size { get; init; }

    /// <summary>Whether it was read from an attachment.</summary>
    public bool IsAttached { get; init; }

    /// <summary>The sockets that it concerns (types 3 to 7).</summary>
    public BroadcastOptions Options { get; init; }

    /// <summary>The name of the event in UTF-8, unescaped (types 3 and 9).</summary>
    public ReadOnlyMemory<byte> EventName { get; init; }

    /// <summary>The data of the packet, <c>[name, ...arguments]</c> (types 3 and 9).</summary>
    public EncodedValue PacketData { get; init; }

    /// <summary>The request that it makes or responds to (types 3 and 9 if they request acks; 7, 8, 10, 11, 12).</summary>
    public string? RequestId { get; init; }

    /// <summary>The rooms to join or leave (types 4 and 5).</summary>
    public RoomSet Rooms { get; init; }

    /// <summary>Whether to close the underlying connection (type 6).</summary>
    public bool Close { get; init; }

    /// <summary>The number of sockets that the request reached (type 11).</summary>
    public int ClientCount { get; init; }

    /// <summary>The ack (types 10 and 12).</summary>
    public EncodedValue Ack { get; init; }

    /// <summary>The fetched sockets (type 8).</summary>
    public IReadOnlyList<SocketSnapshot> Sockets { get; init; } = [];

    /// <summary>The reason why the node cannot send its sockets; null if it can (type 8).</summary>
    public string? Failure { get; init; }
}
