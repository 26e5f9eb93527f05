using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// The <c>data</c> of a received cluster message, checked against the message's type. <see cref="IMessageBody"/> writes it.
/// </summary>
internal struct MessageData
{
    /// <summary>The type of an event's packet in socket.io's protocol. Packets of other types never travel between nodes.</summary>
    public const int EventPacket = 2;

    /// <summary>The number of maps around the data of a broadcast's packet.</summary>
    public const int PacketDepth = 3;

    public BroadcastOptions Options;
    public ReadOnlyMemory<byte> EventName;
    public EncodedValue PacketData;
    public string? RequestId;
    public RoomSet Rooms;
    public bool Close;
    public int ClientCount;
    public EncodedValue Ack;
    public IReadOnlyList<SocketSnapshot>? Sockets;
    public string? Failure;

    /// <summary>Returns the data of a message without a <c>data</c> key.</summary>
    /// <exception cref="EventSerializationException">Messages of this type must have data.</exception>
    public static MessageData None(MessageType type) => Needs(type) is WireKey.None
        ? default
        : throw new EventSerializationException($"A cluster message of type {(int)type} lacks its data.", 0);

    /// <summary>Reads <c>[event, ...arguments]</c>, checks the arguments, and returns the name of the event.</summary>
    /// <param name="reader">A reader at the array.</param>
    /// <param name="bytes">The bytes of the reader, from its beginning.</param>
    public static ReadOnlyMemory<byte> ReadName<TReader>(ref TReader reader, ReadOnlyMemory<byte> bytes)
        where TReader : IValueReader, allows ref struct
    {
        var start = reader.Position;
        var cursor = reader.BeginArray();
        if (!reader.MoveNext(ref cursor))
            throw new EventSerializationException("A packet has no event name.", start);
        var name = WireValues.Borrow(reader.ReadUtf8(), bytes);
        while (reader.MoveNext(ref cursor))
            reader.Skip();
        return name;
    }

    /// <summary>Reads data that was skipped because the type of its message was not yet known.</summary>
    public static MessageData Read(in EncodedValue data, MessageType type)
    {
        if (data.Encoding is ValueEncoding.Json)
        {
            var json = new JsonValueReader(data.Bytes.Span);
            return Read(ref json, in data, type);
        }

        var messagePack = new MessagePackValueReader(data.Bytes.Span);
        return Read(ref messagePack, in data, type);
    }

    /// <summary>Reads the data of a message of a type.</summary>
    /// <param name="reader">A reader at the data.</param>
    /// <param name="bytes">The bytes of the reader, from its beginning.</param>
    /// <param name="type">The type of the message.</param>
    public static MessageData Read<TReader>(ref TReader reader, in EncodedValue bytes, MessageType type)
        where TReader : IValueReader, allows ref struct
    {
        var data = default(MessageData);
        if (type is MessageType.InitialHeartbeat or MessageType.Heartbeat or MessageType.AdapterClose)
        {
            reader.Skip();
            return data;
        }

        var map = MapScan.Begin(ref reader, Needs(type) | MayHave(type));
        while (map.MoveNext(ref reader, out var key))
        {
            switch (key)
            {
                case WireKey.Packet when type is MessageType.Broadcast:
                    data.ReadPacket(ref reader, in bytes);
                    break;
                case WireKey.Packet when type is MessageType.ServerSideEmit:
                    data.ReadPacketData(ref reader, in bytes);
                    break;
                case WireKey.Packet:
                    data.Ack = WireValues.ReadSlice(ref reader, in bytes);
                    break;
                case WireKey.RequestId:
                    data.RequestId = WireValues.ReadName(ref reader);
                    break;
                case WireKey.Options:
                    data.Options = BroadcastOptions.Read(ref reader);
                    break;
                case WireKey.Rooms:
                    data.Rooms = WireValues.ReadRooms(ref reader);
                    break;
                case WireKey.Close:
                    data.Close = reader.ReadBoolean();
                    break;
                case WireKey.ClientCount:
                    data.ClientCount = ReadCount(ref reader);
                    break;
                case WireKey.Sockets:
                    data.Sockets = SocketSnapshot.ReadAll(ref reader);
                    break;
                case WireKey.Failure:
                    data.Failure = WireValues.ReadReason(ref reader);
                    break;
            }
        }

        map.Require(Needs(type));
        if (type is MessageType.ServerSideEmitResponse or MessageType.BroadcastAck && !map.Has(WireKey.Packet))
            data.Ack = Undefined(bytes.Encoding);
        return data;
    }

    private static WireKey Needs(MessageType type) => type switch
    {
        MessageType.Broadcast => WireKey.Packet | WireKey.Options,
        MessageType.SocketsJoin or MessageType.SocketsLeave => WireKey.Options | WireKey.Rooms,
        MessageType.DisconnectSockets => WireKey.Options,
        MessageType.FetchSockets => WireKey.Options | WireKey.RequestId,
        MessageType.FetchSocketsResponse => WireKey.RequestId | WireKey.Sockets,
        MessageType.ServerSideEmit => WireKey.Packet,
        MessageType.ServerSideEmitResponse or MessageType.BroadcastAck => WireKey.RequestId,
        MessageType.BroadcastClientCount => WireKey.RequestId | WireKey.ClientCount,
        _ => WireKey.None,
    };

    private static WireKey MayHave(MessageType type) => type switch
    {
        MessageType.Broadcast or MessageType.ServerSideEmit => WireKey.RequestId,
        MessageType.DisconnectSockets => WireKey.Close,
        MessageType.FetchSocketsResponse => WireKey.Failure,
        MessageType.ServerSideEmitResponse or MessageType.BroadcastAck => WireKey.Packet,
        _ => WireKey.None,
    };

    /// <summary>Reads <c>{"type":2,"data":[event, ...arguments]}</c>.</summary>
    private void ReadPacket<TReader>(ref TReader reader, in EncodedValue bytes)
        where TReader : IValueReader, allows ref struct
    {
        var map = MapScan.Begin(ref reader, WireKey.Type | WireKey.Data);
        while (map.MoveNext(ref reader, out var key))
        {
            if (key is WireKey.Data)
                ReadPacketData(ref reader, in bytes);
            else
                CheckPacketType(ref reader);
        }

        map.Require(WireKey.Type | WireKey.Data);
    }

    private static void CheckPacketType<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var type = reader.ReadInt64();
        if (type != EventPacket)
            throw new EventSerializationException(
                $"A broadcast carries a packet of type {type}; only events ({EventPacket}) can be broadcast.", position);
    }

    /// <summary>Reads <c>[event, ...arguments]</c>; the arguments stay encoded.</summary>
    private void ReadPacketData<TReader>(ref TReader reader, in EncodedValue bytes)
        where TReader : IValueReader, allows ref struct
    {
        var start = reader.Position;
        EventName = ReadName(ref reader, bytes.Bytes);
        PacketData = new EncodedValue(bytes.Bytes[start..reader.Position], bytes.Encoding);
    }

    private static int ReadCount<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var count = reader.ReadInt64();
        return count is >= 0 and <= int.MaxValue
            ? (int)count
            : throw new EventSerializationException($"{count} is not a number of sockets.", position);
    }

    /// <summary>An ack without a value: JavaScript's <c>undefined</c>, which is left out of the message.</summary>
    private static EncodedValue Undefined(ValueEncoding encoding) =>
        new(encoding is ValueEncoding.Json ? JsonNull : MessagePackNil, encoding);

    private static readonly ReadOnlyMemory<byte> JsonNull = "null"u8.ToArray();

    private static readonly ReadOnlyMemory<byte> MessagePackNil = new byte[] { 0xC0 };
}
