using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>Messages of every type, in both forms, are decoded as they were encoded.</summary>
public class RoundTripTests
{
    private const string RequestId = "0123456789abcdef";
    private const int Number = 300;
    private const int Ordinal = 70_000;

    private static readonly BroadcastOptions Options = new()
    {
        Rooms = RoomSet.Of("r1", "é日本🎉"),
        Except = RoomSet.Of("x\"\n"),
        Volatile = true,
        Compress = false,
        TimeoutMilliseconds = 1_000,
        ExpectSingleResponse = true,
    };

    // With this threshold every message is attached.
    public static TheoryData<int> Forms => [EventBusDefaults.PayloadThreshold, 1];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Messages_without_data_survive_a_round_trip(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        AssertSame(MessageType.InitialHeartbeat, Send(encoder.InitialHeartbeat(), threshold));
        AssertSame(MessageType.Heartbeat, Send(encoder.Heartbeat(), threshold));
        AssertSame(MessageType.AdapterClose, Send(encoder.AdapterClose(), threshold));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Broadcast_survives_a_round_trip(int threshold)
    {
        const string Data = """["hëllo",1,-1.5,null,{"a":[true]}]""";
        var encoder = Message.Encoder(payloadThreshold: threshold, busNamespace: "/é");
        var message = Send(encoder.Broadcast(Message.Json(Data), Options, RequestId), threshold, "/é");

        AssertSame(MessageType.Broadcast, message, "/é");
        AssertSame(Options, message.Options);
        Assert.Equal(RequestId, message.RequestId);
        Assert.Equal("hëllo", Message.Text(message.EventName));
        Assert.Equal(Data, Message.AsJson(message.PacketData));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Broadcast_to_all_survives_a_round_trip(int threshold)
    {
        var message = Send(Message.Encoder(payloadThreshold: threshold).Broadcast(Message.Json("""["a"]"""), default), threshold);
        AssertSame(default, message.Options);
        Assert.Null(message.RequestId);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void SocketsJoin_SocketsLeave_and_DisconnectSockets_survive_a_round_trip(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        var rooms = RoomSet.Of("j1", "j2");
        var join = Send(encoder.SocketsJoin(Options, rooms), threshold);
        var leave = Send(encoder.SocketsLeave(Options, rooms), threshold);
        var disconnect = Send(encoder.DisconnectSockets(Options, close: true), threshold);

        AssertSame(MessageType.SocketsJoin, join);
        AssertSame(MessageType.SocketsLeave, leave);
        AssertSame(MessageType.DisconnectSockets, disconnect);
        Assert.All([join, leave, disconnect], message => AssertSame(Options, message.Options));
        Assert.All([join, leave], message => Assert.Equal(["j1", "j2"], message.Rooms.ToArray()));
        Assert.True(disconnect.Close);
        Assert.False(Send(encoder.DisconnectSockets(Options, close: false), threshold).Close);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void FetchSockets_survives_a_round_trip(int threshold)
    {
        var message = Send(Message.Encoder(payloadThreshold: threshold).FetchSockets(Options, RequestId), threshold);
        AssertSame(MessageType.FetchSockets, message);
        AssertSame(Options, message.Options);
        Assert.Equal(RequestId, message.RequestId);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void FetchSocketsResponse_survives_a_round_trip(int threshold)
    {
        var handshake = EventValue.FromMap(new("issued", 1_795_340_517_999), new("secure", false));
        SocketSnapshot[] sockets = [new("a", handshake, ["a", "r1"], 5), new("b", default, [], default)];
        var message = Send(Message.Encoder(payloadThreshold: threshold).FetchSocketsResponse(RequestId, sockets), threshold);

        AssertSame(MessageType.FetchSocketsResponse, message);
        Assert.Equal(RequestId, message.RequestId);
        Assert.Equal(["a", "b"], message.Sockets.Select(socket => socket.Id));
        Assert.Equal(["a", "r1"], message.Sockets[0].Rooms);
        Assert.Empty(message.Sockets[1].Rooms);
        Assert.Equal([handshake, EventValue.FromMap()], message.Sockets.Select(socket => socket.Handshake));
        Assert.Equal([5, EventValue.FromMap()], message.Sockets.Select(socket => socket.Data));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void ServerSideEmit_survives_a_round_trip(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        var asking = Send(encoder.ServerSideEmit(Message.Json("""["s",[]]"""), RequestId), threshold);
        var telling = Send(encoder.ServerSideEmit(Message.Json("""["s",{}]""")), threshold);

        AssertSame(MessageType.ServerSideEmit, asking);
        Assert.Equal("s", Message.Text(asking.EventName));
        Assert.Equal((RequestId, """["s",[]]"""), (asking.RequestId, Message.AsJson(asking.PacketData)));
        Assert.Equal((null, """["s",{}]"""), (telling.RequestId, Message.AsJson(telling.PacketData)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Responses_and_acks_survive_a_round_trip(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        var response = Send(encoder.ServerSideEmitResponse(RequestId, Message.Json("""{"a":1}""")), threshold);
        var ack = Send(encoder.BroadcastAck(RequestId, Message.Json("\"yes\"")), threshold);
        var count = Send(encoder.BroadcastClientCount(RequestId, 12_345), threshold);

        AssertSame(MessageType.ServerSideEmitResponse, response);
        AssertSame(MessageType.BroadcastAck, ack);
        AssertSame(MessageType.BroadcastClientCount, count);
        Assert.All([response, ack, count], message => Assert.Equal(RequestId, message.RequestId));
        Assert.Equal("""{"a":1}""", Message.AsJson(response.Ack));
        Assert.Equal("\"yes\"", Message.AsJson(ack.Ack));
        Assert.Equal(12_345, count.ClientCount);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Acks_without_a_value_are_read_as_null(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        Assert.Equal("null", Message.AsJson(Send(encoder.ServerSideEmitResponse(RequestId), threshold).Ack));
        Assert.Equal("null", Message.AsJson(Send(encoder.BroadcastAck(RequestId), threshold).Ack));
    }

    private static ClusterMessage Send(OutgoingMessage message, int threshold, string busNamespace = "/")
    {
        using (message)
        {
            message.Number(Number, Ordinal);
            Assert.Equal(threshold == 1, message.IsAttached);
            return Decoding.Decode(message, busNamespace);
        }
    }

    private static void AssertSame(MessageType type, ClusterMessage actual, string busNamespace = "/")
    {
        var hasOrdinal = type is not (
            MessageType.Broadcast or MessageType.ServerSideEmit or MessageType.InitialHeartbeat or MessageType.Heartbeat);
        Assert.Equal((type, Message.Uid, busNamespace), (actual.Type, actual.Uid, actual.Namespace));
        Assert.Equal(new SequenceKey(Message.Source, Number, null, hasOrdinal ? Ordinal : null), actual.Key);
    }

    private static void AssertSame(BroadcastOptions expected, BroadcastOptions actual)
    {
        Assert.Equal(expected.Rooms.ToArray(), actual.Rooms.ToArray());
        Assert.Equal(expected.Except.ToArray(), actual.Except.ToArray());
        Assert.Equal(expected with { Rooms = default, Except = default }, actual with { Rooms = default, Except = default });
    }
}
