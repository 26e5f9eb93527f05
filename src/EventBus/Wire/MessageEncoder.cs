using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Encodes every type of cluster message for one channel. Thread-safe.</summary>
/// <remarks>Every method throws <see cref="EventSerializationException"/> where a value cannot be written or the message is larger than allowed.</remarks>
internal sealed class MessageEncoder(MessageEncoderOptions options)
{
    // JSON that gets this many times longer than a notification may be is given up instead of being written to its end. Ending it early costs an
    // exception, which is cheaper only where much was left to write.
    private const int JsonRoom = 8;

    private readonly MessageFrame _frame = new(options);

    public MessageEncoderOptions Options => _frame.Options;

    public OutgoingMessage InitialHeartbeat() => Encode(new EmptyBody(MessageType.InitialHeartbeat));

    public OutgoingMessage Heartbeat() => Encode(new EmptyBody(MessageType.Heartbeat));

    public OutgoingMessage Broadcast<TPacketData>(in TPacketData packetData, in BroadcastOptions options, string? requestId = null)
        where TPacketData : struct, IWritable => Encode(new BroadcastBody<TPacketData>(in packetData, in options, requestId));

    public OutgoingMessage SocketsJoin(in BroadcastOptions options, in RoomSet rooms) =>
        Encode(new RoomsBody(MessageType.SocketsJoin, in options, in rooms));

    public OutgoingMessage SocketsLeave(in BroadcastOptions options, in RoomSet rooms) =>
        Encode(new RoomsBody(MessageType.SocketsLeave, in options, in rooms));

    public OutgoingMessage DisconnectSockets(in BroadcastOptions options, bool close) => Encode(new DisconnectBody(in options, close));

    public OutgoingMessage FetchSockets(in BroadcastOptions options, string requestId) => Encode(new FetchBody(in options, requestId));

    public OutgoingMessage FetchSocketsResponse(string requestId, IReadOnlyList<SocketSnapshot> sockets) =>
        Encode(new SocketsBody(requestId, sockets));

    public OutgoingMessage ServerSideEmit<TPacketData>(in TPacketData packetData, string? requestId = null)
        where TPacketData : struct, IWritable => Encode(new ServerSideEmitBody<TPacketData>(in packetData, requestId));

    public OutgoingMessage ServerSideEmitResponse<TAnswer>(string requestId, in TAnswer answer)
        where TAnswer : struct, IWritable => Answer(MessageType.ServerSideEmitResponse, requestId, in answer);

    /// <summary>Answers without a value: JavaScript's <c>undefined</c>.</summary>
    public OutgoingMessage ServerSideEmitResponse(string requestId) => Encode(new EmptyAnswerBody(MessageType.ServerSideEmitResponse, requestId));

    public OutgoingMessage BroadcastClientCount(string requestId, int clientCount) => Encode(new ClientCountBody(requestId, clientCount));

    public OutgoingMessage BroadcastAck<TAnswer>(string requestId, in TAnswer answer)
        where TAnswer : struct, IWritable => Answer(MessageType.BroadcastAck, requestId, in answer);

    /// <summary>Acknowledges without a value: JavaScript's <c>undefined</c>.</summary>
    public OutgoingMessage BroadcastAck(string requestId) => Encode(new EmptyAnswerBody(MessageType.BroadcastAck, requestId));

    /// <summary>One of the two answers above.</summary>
    public OutgoingMessage Answer<TAnswer>(MessageType type, string requestId, in TAnswer answer)
        where TAnswer : struct, IWritable => Encode(new AnswerBody<TAnswer>(type, requestId, in answer));

    public OutgoingMessage AdapterClose() => Encode(new EmptyBody(MessageType.AdapterClose));

    private OutgoingMessage Encode<TBody>(in TBody body)
        where TBody : struct, IMessageBody
    {
        var json = TryEncodeJson(in body);
        try
        {
            var mayNeedAttachment = json is null || json.Value.Length + _frame.MaxJsonTail(body.Type) >= Options.PayloadThreshold;
            return new OutgoingMessage(_frame, body.Type, json, mayNeedAttachment ? EncodeMessagePack(in body) : null);
        }
        catch
        {
            json?.Dispose();
            throw;
        }
    }

    /// <summary>The message as JSON; null where it holds binary or is too long to be notified whatever its number.</summary>
    private EncodedForm? TryEncodeJson<TBody>(in TBody body)
        where TBody : struct, IMessageBody
    {
        var buffer = new PooledBuffer((int)Math.Min((long)Options.PayloadThreshold * JsonRoom, Options.MaxMessageBytes));
        try
        {
            var writer = new JsonValueWriter(buffer);
            var packetData = _frame.Write(ref writer, in body);
            if (!writer.MetBinary && buffer.Length + _frame.MinJsonTail(body.Type) < Options.PayloadThreshold)
            {
                _frame.ReserveTail(buffer);
                return new EncodedForm(buffer, packetData);
            }
        }
        catch (EventSerializationException)
        {
            // Too long, or a value that cannot be written at all: then MessagePack fails as well, and says so.
        }
        catch
        {
            buffer.Dispose();
            throw;
        }

        buffer.Dispose();
        return null;
    }

    private EncodedForm EncodeMessagePack<TBody>(in TBody body)
        where TBody : struct, IMessageBody
    {
        var buffer = new PooledBuffer(Options.MaxMessageBytes);
        try
        {
            var writer = new MessagePackValueWriter(buffer);
            var packetData = _frame.Write(ref writer, in body);
            if (buffer.Length > Options.MaxMessageBytes - _frame.MaxTailBytes)
                throw new EventSerializationException($"The message has {buffer.Length} bytes; {Options.MaxMessageBytes} are allowed.");
            _frame.ReserveTail(buffer);
            return new EncodedForm(buffer, packetData);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
