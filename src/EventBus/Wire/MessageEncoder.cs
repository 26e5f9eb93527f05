using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Encodes every type of cluster message for one channel. Thread-safe.</summary>
/// <remarks>
/// Every method throws <see cref="EventSerializationException"/> if a value cannot be written or the message is too large.
/// </remarks>
internal sealed class MessageEncoder(MessageEncoderOptions options)
{
    // JSON that gets this many times longer than a notification may be is abandoned instead of written to its end. Ending it early costs an
    // exception, which is cheaper only if much is left to write.
    private const int JsonRoom = 8;

    private readonly MessageFrame _frame = new(options);

    public MessageEncoderOptions Options => _frame.Options;

    /// <summary>Returns an encoder of the same source whose messages are an emitter's: they do not count as heartbeats of a node.</summary>
    public MessageEncoder AsEmitter() => new(Options with { Uid = MessageEncoderOptions.EmitterUid });

    /// <summary>
    /// Returns an encoder for a caller's transaction. Its messages are an emitter's, so that the sending node, too, delivers them.
    /// </summary>
    public MessageEncoder WithinTransactions() => new(Options with { Uid = MessageEncoderOptions.EmitterUid, HasUniqueIds = true });

    public OutgoingMessage InitialHeartbeat() => Encode(new EmptyBody(MessageType.InitialHeartbeat));

    public OutgoingMessage Heartbeat() => Encode(new EmptyBody(MessageType.Heartbeat));

    public OutgoingMessage Broadcast<TPacketData>(
        in TPacketData packetData, in BroadcastOptions options, string? requestId = null, SentTrace? trace = null)
        where TPacketData : struct, IWritable => Encode(new BroadcastBody<TPacketData>(in packetData, in options, requestId), trace);

    public OutgoingMessage SocketsJoin(in BroadcastOptions options, in RoomSet rooms) =>
        Encode(new RoomsBody(MessageType.SocketsJoin, in options, in rooms));

    public OutgoingMessage SocketsLeave(in BroadcastOptions options, in RoomSet rooms) =>
        Encode(new RoomsBody(MessageType.SocketsLeave, in options, in rooms));

    public OutgoingMessage DisconnectSockets(in BroadcastOptions options, bool close) => Encode(new DisconnectBody(in options, close));

    public OutgoingMessage FetchSockets(in BroadcastOptions options, string requestId) => Encode(new FetchBody(in options, requestId));

    public OutgoingMessage FetchSocketsResponse(string requestId, IReadOnlyList<SocketSnapshot> sockets) =>
        Encode(new SocketsBody(requestId, sockets));

    /// <summary>Responds that the sockets cannot be sent. Only .NET nodes understand it: Node.js servers would see no sockets.</summary>
    public OutgoingMessage FetchSocketsFailure(string requestId, string failure) => Encode(new SocketsFailureBody(requestId, failure));

    public OutgoingMessage ServerSideEmit<TPacketData>(in TPacketData packetData, string? requestId = null, SentTrace? trace = null)
        where TPacketData : struct, IWritable => Encode(new ServerSideEmitBody<TPacketData>(in packetData, requestId), trace);

    public OutgoingMessage ServerSideEmitResponse<TAck>(string requestId, in TAck ack)
        where TAck : struct, IWritable => Ack(MessageType.ServerSideEmitResponse, requestId, in ack);

    /// <summary>Acknowledges without a value: JavaScript's <c>undefined</c>.</summary>
    public OutgoingMessage ServerSideEmitResponse(string requestId) =>
        Encode(new EmptyAckBody(MessageType.ServerSideEmitResponse, requestId));

    public OutgoingMessage BroadcastClientCount(string requestId, int clientCount) => Encode(new ClientCountBody(requestId, clientCount));

    public OutgoingMessage BroadcastAck<TAck>(string requestId, in TAck ack)
        where TAck : struct, IWritable => Ack(MessageType.BroadcastAck, requestId, in ack);

    /// <summary>Acknowledges without a value: JavaScript's <c>undefined</c>.</summary>
    public OutgoingMessage BroadcastAck(string requestId) => Encode(new EmptyAckBody(MessageType.BroadcastAck, requestId));

    /// <summary>Acknowledges in a message of one of the two types above.</summary>
    public OutgoingMessage Ack<TAck>(MessageType type, string requestId, in TAck ack)
        where TAck : struct, IWritable => Encode(new AckBody<TAck>(type, requestId, in ack));

    public OutgoingMessage AdapterClose() => Encode(new EmptyBody(MessageType.AdapterClose));

    private OutgoingMessage Encode<TBody>(in TBody body, SentTrace? trace = null)
        where TBody : struct, IMessageBody
    {
        var message = OutgoingMessage.Rent(_frame, body.Type, trace);
        try
        {
            if (!TryEncodeJson(message.Json, in body, trace)
                || message.Json.Length + _frame.MaxJsonTail(body.Type) >= Options.PayloadThreshold)
                EncodeMessagePack(message.MessagePack, in body, trace);
            return message;
        }
        catch
        {
            message.Dispose();
            throw;
        }
    }

    /// <summary>Encodes the message as JSON.</summary>
    /// <returns>False if it holds binary, or is too long for a notification whatever its number.</returns>
    private bool TryEncodeJson<TBody>(EncodedForm json, in TBody body, SentTrace? trace)
        where TBody : struct, IMessageBody
    {
        try
        {
            var buffer = json.Open((int)Math.Min((long)Options.PayloadThreshold * JsonRoom, Options.MaxMessageBytes));
            json.PacketData = _frame.WriteJson(buffer, in body, out var metBinary);
            if (!metBinary && buffer.Length + _frame.MinJsonTail(body.Type) < Options.PayloadThreshold)
            {
                _frame.ReserveTail(buffer, trace, most: Options.PayloadThreshold);
                return true;
            }
        }
        catch (EventSerializationException exception) when (!exception.IsOfBinary)
        {
            // It is too long, or a value cannot be written at all: then MessagePack fails as well, and reports it.
        }

        json.Dispose();
        return false;
    }

    private void EncodeMessagePack<TBody>(EncodedForm messagePack, in TBody body, SentTrace? trace)
        where TBody : struct, IMessageBody
    {
        var buffer = messagePack.Open(Options.MaxMessageBytes);
        var writer = new MessagePackValueWriter(buffer);
        messagePack.PacketData = _frame.Write(ref writer, in body, TraceTail.Keys(trace));
        var room = Options.MaxMessageBytes - _frame.MaxTailBytes - buffer.Length;
        if (room < 0)
            throw new EventSerializationException($"The message has {buffer.Length} bytes; {Options.MaxMessageBytes} are allowed.");
        if (room < TraceTail.MaxBytes(trace))
        {
            // The keys are counted at the beginning of their map, so the largest messages are encoded again without them.
            trace!.Drop(baggageOnly: false);
            messagePack.Dispose();
            EncodeMessagePack(messagePack, in body, trace);
            return;
        }

        _frame.ReserveTail(buffer, trace);
    }
}

/// <summary>The properties that all messages of one channel share.</summary>
internal sealed record MessageEncoderOptions
{
    /// <summary>The uid of every emitter. An emitter is not a node and never counts as one.</summary>
    public const string EmitterUid = "emitter";

    public required string Channel { get; init; }

    public required string Namespace { get; init; }

    /// <summary>The node's uid, or <c>emitter</c>.</summary>
    public required string Uid { get; init; }

    /// <summary>The id of the publish pipeline. Null leaves out EventBus's own key, for the tests against captured bytes.</summary>
    public required string? Source { get; init; }

    /// <summary>Whether messages carry a unique id instead of a number. Only events inside a caller's transaction do.</summary>
    public bool HasUniqueIds { get; init; }

    /// <summary>
    /// Writes exactly as the reference's emitter does, for the tests against captured bytes: its order of keys, the namespace in the packet
    /// instead of the message, and flags only in broadcasts. Adapters since 0.4 drop such messages, so EventBus's own emitter writes like a
    /// node.
    /// </summary>
    public bool AsReferenceEmitter { get; init; }

    public int PayloadThreshold { get; init; } = EventBusDefaults.PayloadThreshold;

    public int MaxMessageBytes { get; init; } = EventBusDefaults.MaxMessageBytes;
}
