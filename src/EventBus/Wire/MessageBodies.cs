using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// The <c>data</c> of one type of cluster message, written the same way in both forms. <see cref="MessageData"/> reads it.
/// </summary>
internal interface IMessageBody
{
    MessageType Type { get; }

    /// <summary>Whether the message has data at all.</summary>
    bool HasData { get; }

    /// <summary>Writes the data.</summary>
    /// <returns>The place of the packet's <c>[event, ...arguments]</c>, or of the ack, in the output; empty if there is neither.</returns>
    Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct;
}

/// <summary>No data: heartbeats, and the message of a node that leaves.</summary>
internal readonly struct EmptyBody(MessageType type) : IMessageBody
{
    public MessageType Type => type;

    public bool HasData => false;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct => throw new InvalidOperationException("There is no data.");
}

/// <summary><c>{"packet":{"type":2,"data":[…]},"requestId":…,"opts":{…}}</c></summary>
internal readonly struct BroadcastBody<TPacketData>(in TPacketData packetData, in BroadcastOptions options, string? requestId)
    : IMessageBody
    where TPacketData : struct, IWritable
{
    private readonly TPacketData _packetData = packetData;
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.Broadcast;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(requestId is null ? 2 : 3);
        writer.WriteKey(WireKeys.Packet);
        writer.BeginMap(message.AsReferenceEmitter ? 3 : 2);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger(MessageData.EventPacket);
        writer.WriteKey(WireKeys.Data);
        var range = BodyParts.Write(ref writer, in _packetData);
        if (message.AsReferenceEmitter)
        {
            writer.WriteKey(WireKeys.Namespace);
            writer.WriteString(message.Namespace);
        }

        writer.EndMap();
        if (requestId is not null)
            BodyParts.WriteRequestId(ref writer, requestId);
        _options.Write(ref writer, message, Type);
        writer.EndMap();
        return range;
    }
}

/// <summary><c>{"opts":{…},"rooms":[…]}</c>: the rooms that the sockets join or leave.</summary>
internal readonly struct RoomsBody(MessageType type, in BroadcastOptions options, in RoomSet rooms) : IMessageBody
{
    private readonly BroadcastOptions _options = options;
    private readonly RoomSet _rooms = rooms;

    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        _options.Write(ref writer, message, Type);
        BroadcastOptions.WriteRooms(ref writer, WireKeys.Rooms, in _rooms);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"opts":{…},"close":false}</c></summary>
internal readonly struct DisconnectBody(in BroadcastOptions options, bool close) : IMessageBody
{
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.DisconnectSockets;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        _options.Write(ref writer, message, Type);
        writer.WriteKey(WireKeys.Close);
        writer.WriteBoolean(close);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"opts":{…},"requestId":…}</c></summary>
internal readonly struct FetchBody(in BroadcastOptions options, string requestId) : IMessageBody
{
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.FetchSockets;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        _options.Write(ref writer, message, Type);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"requestId":…,"sockets":[…]}</c></summary>
internal readonly struct SocketsBody(string requestId, IReadOnlyList<SocketSnapshot> sockets) : IMessageBody
{
    public MessageType Type => MessageType.FetchSocketsResponse;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.WriteKey(WireKeys.Sockets);
        SocketSnapshot.WriteAll(ref writer, sockets);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"requestId":…,"sockets":[],"failure":…}</c>: only .NET nodes understand it.</summary>
internal readonly struct SocketsFailureBody(string requestId, string failure) : IMessageBody
{
    public MessageType Type => MessageType.FetchSocketsResponse;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(3);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.WriteKey(WireKeys.Sockets);
        SocketSnapshot.WriteAll(ref writer, []);
        writer.WriteKey(WireKeys.Failure);
        writer.WriteString(failure);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"requestId":…,"packet":[event, ...arguments]}</c></summary>
internal readonly struct ServerSideEmitBody<TPacketData>(in TPacketData packetData, string? requestId) : IMessageBody
    where TPacketData : struct, IWritable
{
    private readonly TPacketData _packetData = packetData;

    public MessageType Type => MessageType.ServerSideEmit;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(requestId is null ? 1 : 2);
        if (requestId is not null)
            BodyParts.WriteRequestId(ref writer, requestId);
        writer.WriteKey(WireKeys.Packet);
        var range = BodyParts.Write(ref writer, in _packetData);
        writer.EndMap();
        return range;
    }
}

/// <summary><c>{"requestId":…,"packet":ack}</c></summary>
internal readonly struct AckBody<TAck>(MessageType type, string requestId, in TAck ack) : IMessageBody
    where TAck : struct, IWritable
{
    private readonly TAck _ack = ack;

    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.WriteKey(WireKeys.Packet);
        var range = BodyParts.Write(ref writer, in _ack);
        writer.EndMap();
        return range;
    }
}

/// <summary><c>{"requestId":…}</c>: an ack without a value, JavaScript's <c>undefined</c>.</summary>
internal readonly struct EmptyAckBody(MessageType type, string requestId) : IMessageBody
{
    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(1);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.EndMap();
        return default;
    }
}

/// <summary><c>{"requestId":…,"clientCount":1}</c></summary>
internal readonly struct ClientCountBody(string requestId, int clientCount) : IMessageBody
{
    public MessageType Type => MessageType.BroadcastClientCount;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        BodyParts.WriteRequestId(ref writer, requestId);
        writer.WriteKey(WireKeys.ClientCount);
        writer.WriteInteger(clientCount);
        writer.EndMap();
        return default;
    }
}

/// <summary>The parts that several bodies share.</summary>
file static class BodyParts
{
    public static void WriteRequestId<TWriter>(ref TWriter writer, string requestId)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
    }

    /// <summary>Writes <c>[event, ...arguments]</c>, or an ack, and returns its place in the output.</summary>
    public static Range Write<TWriter, TValue>(ref TWriter writer, in TValue value)
        where TWriter : IValueWriter, allows ref struct
        where TValue : struct, IWritable
    {
        var start = writer.BytesWritten;
        value.WriteTo(ref writer);
        return start..writer.BytesWritten;
    }
}
