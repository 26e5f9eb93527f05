using System.Globalization;
using System.Text;
using System.Text.Json;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Fuzz;

/// <summary>The captured messages of the reference packages, and EventBus's own messages of every type, in both forms.</summary>
internal static class FuzzSeeds
{
    public static FuzzSeed[] Load() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Wire", "Golden"), "*.json")
            .Order(StringComparer.Ordinal)
            .SelectMany(ReadCaptured),
        .. Own(EventBusDefaults.PayloadThreshold),
        .. Own(payloadThreshold: 1),
    ];

    private static IEnumerable<FuzzSeed> ReadCaptured(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 256 });
        foreach (var message in document.RootElement.GetProperty("messages").EnumerateArray())
        {
            var channel = message.GetProperty("channel").GetString()!;
            var busNamespace = channel[(channel.IndexOf('#', StringComparison.Ordinal) + 1)..];
            var payload = Encoding.UTF8.GetBytes(message.GetProperty("payload").GetString()!);
            yield return new FuzzSeed(payload, ValueEncoding.Json, busNamespace, default);
            if (!message.TryGetProperty("attachment", out var attachment) || attachment.ValueKind is not JsonValueKind.Object)
                continue;
            NotificationDecoder.Decode(payload, busNamespace, out var header);
            var bytes = Convert.FromHexString(attachment.GetProperty("hex").GetString()!);
            yield return new FuzzSeed(bytes, ValueEncoding.MessagePack, busNamespace, header);
        }
    }

    private static IEnumerable<FuzzSeed> Own(int payloadThreshold)
    {
        const string RequestId = "0123456789abcdef";
        var encoder = new MessageEncoder(new MessageEncoderOptions
        {
            Channel = "socket.io#/",
            Namespace = "/",
            Uid = "1c929de0d13ecb0d",
            Source = "00112233445566ff",
            PayloadThreshold = payloadThreshold,
        });
        var options = new BroadcastOptions
        {
            Rooms = RoomSet.Of("r1", "é"),
            Except = RoomSet.Of("x"),
            Volatile = true,
            Compress = false,
            TimeoutMilliseconds = 500,
        };
        var map = EventValue.FromMap(new("a", 1), new("b", "é"));
        EventValue[] arguments = [1, -1.5, "text", EventValue.FromArray(true, EventValue.Null), map];
        var packet = UntypedPacket.ForSockets("event", arguments);
        EventValue[] small =
        [
            EventValue.FromArray([.. Enumerable.Range(0, 2_000).Select(_ => (EventValue)0)]),
            EventValue.FromArray([.. Enumerable.Repeat(EventValue.FromMap(), 500)]),
        ];
        var rooms = RoomSet.Of([.. Enumerable.Range(0, 400).Select(room => room.ToString("x", CultureInfo.InvariantCulture))]);
        var handshake = EventValue.FromMap(new("issued", 1), new("auth", EventValue.FromMap()));
        OutgoingMessage[] messages =
        [
            encoder.InitialHeartbeat(),
            encoder.Heartbeat(),
            encoder.Broadcast(packet, options, RequestId),
            encoder.Broadcast(UntypedPacket.ForSockets("small", small), new BroadcastOptions { Rooms = rooms }),
            encoder.SocketsJoin(options, RoomSet.Of("a", "b")),
            encoder.SocketsLeave(options, RoomSet.Of("a")),
            encoder.DisconnectSockets(options, close: true),
            encoder.FetchSockets(options, RequestId),
            encoder.FetchSocketsResponse(RequestId, [new SocketSnapshot("id", handshake, ["id", "r1"], EventValue.FromMap())]),
            encoder.ServerSideEmit(packet, RequestId),
            encoder.ServerSideEmitResponse(RequestId, packet),
            encoder.BroadcastClientCount(RequestId, 3),
            encoder.BroadcastAck(RequestId, packet),
            encoder.AdapterClose(),
        ];
        for (var i = 0; i < messages.Length; i++)
        {
            using var message = messages[i];
            message.Number(i + 1, 100 + i);
            if (!message.IsAttached)
            {
                yield return new FuzzSeed(message.Payload.ToArray(), ValueEncoding.Json, "/", default);
                continue;
            }

            byte[] payload = [.. message.Head.Span, (byte)'7', .. message.Tail.Span];
            yield return new FuzzSeed(payload, ValueEncoding.Json, "/", default);
            NotificationDecoder.Decode(payload, "/", out var header);
            yield return new FuzzSeed(message.Attachment.ToArray(), ValueEncoding.MessagePack, "/", header);
        }
    }
}
