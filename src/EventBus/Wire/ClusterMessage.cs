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

internal static class MessageTypeExtensions
{
    /// <summary>Whether a message is an event of the application.</summary>
    public static bool IsEvent(this MessageType type) => type is MessageType.Broadcast or MessageType.ServerSideEmit;
}

/// <summary>
/// A received cluster message, checked against its type. Its encoded values are borrowed: they are valid during the call that delivers it.
/// An event that requests no acks is borrowed as a whole: the pump reuses it for the next one.
/// </summary>
internal sealed class ClusterMessage
{
    // No message has both, and every message that is not reused allocates its fields.
    private EncodedValue _ackOrTraceParent;
    private ReadOnlyMemory<byte> _baggage;

    public MessageType Type { get; private set; }

    /// <summary>The sender: a node's uid, or <c>emitter</c>.</summary>
    public string Uid { get; private set; } = "";

    /// <summary>The bus namespace of the channel, which the message's own <c>nsp</c> must not contradict.</summary>
    public string Namespace { get; private set; } = "";

    public SequenceKey Key { get; private set; }

    /// <summary>The backend that has sent it, as PostgreSQL stamps it on the notification; 0 if there are none.</summary>
    public int Pid { get; set; }

    /// <summary>When its notification arrived, as a timestamp of the clock; 0 if nobody measures it.</summary>
    public long Arrived { get; set; }

    /// <summary>The trace of the event (types 3 and 9).</summary>
    public WireTrace Trace => Type.IsEvent() ? new WireTrace(_ackOrTraceParent.Bytes, _baggage) : default;

    /// <summary>The number of received bytes.</summary>
    public int Size { get; private set; }

    /// <summary>Whether it was read from an attachment.</summary>
    public bool IsAttached { get; private set; }

    /// <summary>The sockets that it concerns (types 3 to 7).</summary>
    public BroadcastOptions Options { get; private set; }

    /// <summary>The name of the event in UTF-8, unescaped (types 3 and 9).</summary>
    public ReadOnlyMemory<byte> EventName { get; private set; }

    /// <summary>The data of the packet, <c>[name, ...arguments]</c> (types 3 and 9).</summary>
    public EncodedValue PacketData { get; private set; }

    /// <summary>The request that it makes or responds to (types 3 and 9 if they request acks; 7, 8, 10, 11, 12).</summary>
    public string? RequestId { get; private set; }

    /// <summary>The rooms to join or leave (types 4 and 5).</summary>
    public RoomSet Rooms { get; private set; }

    /// <summary>Whether to close the underlying connection (type 6).</summary>
    public bool Close { get; private set; }

    /// <summary>The number of sockets that the request reached (type 11).</summary>
    public int ClientCount { get; private set; }

    /// <summary>The ack (types 10 and 12).</summary>
    public EncodedValue Ack => Type.IsEvent() ? default : _ackOrTraceParent;

    /// <summary>The fetched sockets (type 8).</summary>
    public IReadOnlyList<SocketSnapshot> Sockets { get; private set; } = [];

    /// <summary>The reason why the node cannot send its sockets; null if it can (type 8).</summary>
    public string? Failure { get; private set; }

    /// <summary>Makes this the message of an envelope.</summary>
    /// <param name="envelope">The envelope.</param>
    /// <param name="busNamespace">The bus namespace of the channel.</param>
    /// <param name="size">The number of received bytes.</param>
    /// <param name="isAttached">Whether it was read from an attachment.</param>
    /// <returns>This message.</returns>
    public ClusterMessage Set(in Envelope envelope, string busNamespace, int size, bool isAttached)
    {
        Type = envelope.Type;
        Uid = envelope.Uid;
        Namespace = busNamespace;
        Key = envelope.Key;
        Pid = 0;
        Arrived = 0;
        Size = size;
        IsAttached = isAttached;
        Options = envelope.Data.Options;
        EventName = envelope.Data.EventName;
        PacketData = envelope.Data.PacketData;
        RequestId = envelope.Data.RequestId;
        Rooms = envelope.Data.Rooms;
        Close = envelope.Data.Close;
        ClientCount = envelope.Data.ClientCount;
        _ackOrTraceParent = Type.IsEvent() ? new EncodedValue(envelope.Trace.Parent, ValueEncoding.Json) : envelope.Data.Ack;
        _baggage = envelope.Trace.Baggage;
        Sockets = envelope.Data.Sockets ?? [];
        Failure = envelope.Data.Failure;
        return this;
    }
}
