using System.Text;
using System.Text.RegularExpressions;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>For the same call, and without its own key, EventBus writes the same bytes as the reference packages.</summary>
public partial class GoldenEncodingTests
{
    /// <summary>The cases in which EventBus writes other bytes, with the reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["006"] = "Lone surrogates: JavaScript keeps them as escapes, EventBus writes U+FFFD, which every peer can read.",
        ["012"] = "Lone surrogates, which JavaScript encodes as ill-formed UTF-8.",
        ["013"] = "2^53 is a float64 there and an integer here; NaN and infinities are floats there and nil here, as in JSON.",
        ["018"] = "An ArrayBuffer counts as binary there but is written as an empty map; here binary is written as binary.",
        ["036"] = "The flags stand in the order of the calls there (compress, volatile); EventBus has one order for all calls.",
        ["069"] = "NaN is a float there and nil here, as in JSON.",
        ["102-cluster-primary-forward#0"] = "A node:cluster primary adds source and nodeId.",
        ["102-cluster-primary-forward#1"] = "A node:cluster primary adds source and nodeId.",
        ["102-cluster-primary-forward#2"] = "A node:cluster primary adds source and nodeId, and spoils binary.",
        ["103"] = "Adapter 0.3.1 knows no nsp, which EventBus always writes.",
    };

    public static TheoryData<string> Same => [.. GoldenVectors.Whole.Where(row => !IsException(row.Data)).Select(row => row.Data)];

    public static TheoryData<string> Different => [.. GoldenVectors.Whole.Where(row => IsException(row.Data)).Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Same))]
    public void Encoder_writes_the_captured_bytes_for_the_same_call(string id)
    {
        var golden = GoldenVectors.Get(id);
        using var message = Encode(golden);

        Assert.Equal(golden.Attachment is not null, message.IsAttached);
        Assert.Equal(Encoding.UTF8.GetString(golden.Payload), Encoding.UTF8.GetString(PayloadOf(message, golden)));
        if (golden.Attachment is not null)
            Assert.Equal(Convert.ToHexStringLower(golden.Attachment), Convert.ToHexStringLower(message.Attachment.Span));
    }

    [Theory]
    [MemberData(nameof(Different))]
    public void Encoder_writes_other_bytes_for_each_listed_exception(string id)
    {
        var golden = GoldenVectors.Get(id);
        using var message = Encode(golden);
        var isSame = message.IsAttached
            ? golden.Attachment is not null && message.Attachment.Span.SequenceEqual(golden.Attachment)
            : message.Payload.Span.SequenceEqual(golden.Payload);
        Assert.False(isSame, $"{id} needs no exception.");
    }

    /// <summary>
    /// 062: socket data with a Buffer. The reference keeps it inline, in the form of Buffer's toJSON; EventBus attaches the response.
    /// </summary>
    [Fact]
    public void FetchSocketsResponse_attaches_binary_socket_data()
    {
        var golden = GoldenVectors.Get("062-fetchSockets-response-binary-data-inline#1");
        var captured = Decoding.Decode(golden);
        var data = EventValue.FromMap(new("bin", new byte[] { 1, 2, 3 }), new("d", "2024-01-01T00:00:00.000Z"));
        var socket = captured.Sockets[0] with { Data = data };

        using var message = Message.Encoder(source: null).FetchSocketsResponse(captured.RequestId!, [socket]);
        message.Number(1, 1);

        Assert.True(message.IsAttached);
        Assert.Equal(socket.Data, Decoding.Decode(message, "/").Sockets[0].Data);
    }

    private static bool IsException(string id) => Exceptions.ContainsKey(id) || Exceptions.ContainsKey(id[..3]);

    private static byte[] PayloadOf(OutgoingMessage message, GoldenMessage golden)
    {
        if (!message.IsAttached)
            return message.Payload.ToArray();
        var id = AttachmentId().Match(Encoding.UTF8.GetString(golden.Payload)).Groups["id"].Value;
        return [.. message.Head.Span, .. Encoding.UTF8.GetBytes(id), .. message.Tail.Span];
    }

    /// <summary>Repeats the call that produced the message.</summary>
    private static OutgoingMessage Encode(GoldenMessage golden)
    {
        var call = Decoding.Decode(golden);
        var encoder = new MessageEncoder(new MessageEncoderOptions
        {
            Channel = golden.Channel,
            Namespace = golden.Namespace,
            Uid = call.Uid,
            Source = null,
            AsReferenceEmitter = call.Uid == "emitter",
        });
        var hasAnswer = !golden.Payload.AsSpan()
            .EndsWith(Encoding.UTF8.GetBytes($$"""{"requestId":"{{call.RequestId}}"},"uid":"{{call.Uid}}","nsp":"/"}"""));
        var message = call.Type switch
        {
            MessageType.InitialHeartbeat => encoder.InitialHeartbeat(),
            MessageType.Heartbeat => encoder.Heartbeat(),
            MessageType.Broadcast => encoder.Broadcast(new EncodedCopy(call.PacketData), call.Options, call.RequestId),
            MessageType.SocketsJoin => encoder.SocketsJoin(call.Options, call.Rooms),
            MessageType.SocketsLeave => encoder.SocketsLeave(call.Options, call.Rooms),
            MessageType.DisconnectSockets => encoder.DisconnectSockets(call.Options, call.Close),
            MessageType.FetchSockets => encoder.FetchSockets(call.Options, call.RequestId!),
            MessageType.FetchSocketsResponse => encoder.FetchSocketsResponse(call.RequestId!, call.Sockets),
            MessageType.ServerSideEmit => encoder.ServerSideEmit(new EncodedCopy(call.PacketData), call.RequestId),
            MessageType.ServerSideEmitResponse when !hasAnswer => encoder.ServerSideEmitResponse(call.RequestId!),
            MessageType.ServerSideEmitResponse => encoder.ServerSideEmitResponse(call.RequestId!, new EncodedCopy(call.Ack)),
            MessageType.BroadcastClientCount => encoder.BroadcastClientCount(call.RequestId!, call.ClientCount),
            MessageType.BroadcastAck when !hasAnswer => encoder.BroadcastAck(call.RequestId!),
            MessageType.BroadcastAck => encoder.BroadcastAck(call.RequestId!, new EncodedCopy(call.Ack)),
            _ => encoder.AdapterClose(),
        };
        message.Number(1, 1);
        return message;
    }

    [GeneratedRegex("\"attachmentId\":\"(?<id>\\d+)\"")]
    private static partial Regex AttachmentId();
}
