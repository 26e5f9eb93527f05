using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Encodes every type of cluster message for one channel. Thread-safe.</summary>
/// <remarks>Every method throws <see cref="EventSerializationException"/> where a value cannot be written or the message is larger than allowed.</remarks>
internal sealed class MessageEncoder(MessageEncoderOptions options)
{
    public MessageEncoderOptions Options { get; } = options;

    public OutgoingMessage InitialHeartbeat() => throw new NotImplementedException();

    public OutgoingMessage Heartbeat() => throw new NotImplementedException();

    public OutgoingMessage Broadcast<TPacketData>(in TPacketData packetData, in BroadcastOptions options, string? requestId = null)
        where TPacketData : struct, IWritable => throw new NotImplementedException();

    public OutgoingMessage SocketsJoin(in BroadcastOptions options, in RoomSet rooms) => throw new NotImplementedException();

    public OutgoingMessage SocketsLeave(in BroadcastOptions options, in RoomSet rooms) => throw new NotImplementedException();

    public OutgoingMessage DisconnectSockets(in BroadcastOptions options, bool close) => throw new NotImplementedException();

    public OutgoingMessage FetchSockets(in BroadcastOptions options, string requestId) => throw new NotImplementedException();

    public OutgoingMessage FetchSocketsResponse(string requestId, IReadOnlyList<SocketSnapshot> sockets) => throw new NotImplementedException();

    public OutgoingMessage ServerSideEmit<TPacketData>(in TPacketData packetData, string? requestId = null)
        where TPacketData : struct, IWritable => throw new NotImplementedException();

    public OutgoingMessage ServerSideEmitResponse<TAnswer>(string requestId, in TAnswer answer)
        where TAnswer : struct, IWritable => throw new NotImplementedException();

    public OutgoingMessage BroadcastClientCount(string requestId, int clientCount) => throw new NotImplementedException();

    public OutgoingMessage BroadcastAck<TAnswer>(string requestId, in TAnswer answer)
        where TAnswer : struct, IWritable => throw new NotImplementedException();

    public OutgoingMessage AdapterClose() => throw new NotImplementedException();
}
