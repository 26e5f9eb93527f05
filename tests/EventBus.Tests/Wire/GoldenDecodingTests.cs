using System.Text;
using System.Text.Json;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

public class GoldenDecodingTests
{
    [Theory]
    [MemberData(nameof(GoldenVectors.Whole), MemberType = typeof(GoldenVectors))]
    public void Readers_read_each_captured_message_like_the_reference(string id)
    {
        var golden = GoldenVectors.Get(id);
        GoldenValue.AssertEqual(Expected(golden), Decoding.WholeOf(golden));
    }

    [Theory]
    [MemberData(nameof(GoldenVectors.Whole), MemberType = typeof(GoldenVectors))]
    public void Decode_reads_each_captured_message(string id)
    {
        var golden = GoldenVectors.Get(id);
        var expected = Expected(golden);
        var data = expected.TryGetProperty("data", out var present) ? present : default;

        var message = Decoding.Decode(golden);

        Assert.Equal(expected.GetProperty("type").GetInt32(), (int)message.Type);
        Assert.Equal(expected.GetProperty("uid").GetString(), message.Uid);
        Assert.Equal(golden.Namespace, message.Namespace);
        Assert.Equal(default, message.Key);
        Assert.Equal(Member(data, "requestId")?.GetString(), message.RequestId);
        Assert.Equal(Member(data, "close")?.GetBoolean() ?? false, message.Close);
        Assert.Equal(Member(data, "clientCount")?.GetInt32() ?? 0, message.ClientCount);
        AssertRooms(Member(data, "rooms"), message.Rooms);
        AssertOptions(Member(data, "opts"), message.Options);
        AssertPacket(Member(data, "packet"), message);
        AssertSockets(Member(data, "sockets"), message.Sockets);
    }

    [Fact]
    public void Captured_messages_cover_each_type_in_each_of_its_forms()
    {
        var decoded = GoldenVectors.Whole
            .Select(row => GoldenVectors.Get(row.Data))
            .ToLookup(golden => Decoding.Decode(golden).Type, golden => golden.Attachment is not null);
        foreach (var type in Enum.GetValues<MessageType>().Except([MessageType.None]))
            Assert.Contains(false, decoded[type]);
        MessageType[] attachable =
        [
            MessageType.Broadcast,
            MessageType.SocketsJoin,
            MessageType.SocketsLeave,
            MessageType.FetchSocketsResponse,
            MessageType.ServerSideEmit,
            MessageType.ServerSideEmitResponse,
            MessageType.BroadcastAck,
        ];
        foreach (var type in attachable)
            Assert.Contains(true, decoded[type]);
    }

    [Fact]
    public void Decode_reads_a_header_without_its_attachment()
    {
        var golden = GoldenVectors.Get("104-head-boundary-8000#0");
        Assert.Null(NotificationDecoder.Decode(golden.Payload, golden.Namespace, out var header));
        Assert.Equal(new AttachmentHeader("00fad46027feccb9", MessageType.Broadcast, 772, default), header);
    }

    /// <summary>The expected content: the JSON of an inline message; of an attachment the values that the reference decoded.</summary>
    private static JsonElement Expected(GoldenMessage golden) => golden.Attachment is null
        ? GoldenVectors.Parse(golden.Payload)
        : golden.Decoded;

    private static JsonElement? Member(JsonElement? map, string name) =>
        map is { ValueKind: JsonValueKind.Object } && map.Value.TryGetProperty(name, out var value) ? value : null;

    private static void AssertRooms(JsonElement? expected, RoomSet actual) =>
        Assert.Equal(expected?.EnumerateArray().Select(room => room.GetString()!).ToArray() ?? [], actual.ToArray());

    private static void AssertOptions(JsonElement? expected, BroadcastOptions actual)
    {
        AssertRooms(Member(expected, "rooms"), actual.Rooms);
        AssertRooms(Member(expected, "except"), actual.Except);
        var flags = Member(expected, "flags");
        Assert.Equal(Member(flags, "volatile")?.GetBoolean() ?? false, actual.Volatile);
        Assert.Equal(Member(flags, "compress")?.GetBoolean(), actual.Compress);
        Assert.Equal(Member(flags, "timeout")?.GetInt32(), actual.TimeoutMilliseconds);
        Assert.Equal(Member(flags, "expectSingleResponse")?.GetBoolean() ?? false, actual.ExpectSingleResponse);
    }

    private static void AssertPacket(JsonElement? expected, ClusterMessage actual)
    {
        switch (actual.Type)
        {
            case MessageType.Broadcast:
                AssertPacketData(expected!.Value.GetProperty("data"), actual);
                break;
            case MessageType.ServerSideEmit:
                AssertPacketData(expected!.Value, actual);
                break;
            case MessageType.ServerSideEmitResponse or MessageType.BroadcastAck:
                GoldenValue.AssertEqual(expected ?? GoldenVectors.Parse("null"u8.ToArray()), actual.Ack);
                break;
            default:
                Assert.Null(expected);
                break;
        }
    }

    private static void AssertPacketData(JsonElement expected, ClusterMessage actual)
    {
        Assert.Equal(expected[0].GetString(), Encoding.UTF8.GetString(actual.EventName.Span));
        GoldenValue.AssertEqual(expected, actual.PacketData);
    }

    private static void AssertSockets(JsonElement? expected, IReadOnlyList<SocketSnapshot> actual)
    {
        Assert.Equal(expected?.GetArrayLength() ?? 0, actual.Count);
        foreach (var (socket, snapshot) in expected?.EnumerateArray().Zip(actual) ?? [])
        {
            Assert.Equal(socket.GetProperty("id").GetString(), snapshot.Id);
            AssertRooms(socket.GetProperty("rooms"), RoomSet.Of([.. snapshot.Rooms]));
            AssertValue(socket.GetProperty("handshake"), snapshot.Handshake);
            AssertValue(socket.GetProperty("data"), snapshot.Data);
        }
    }

    /// <summary>Compares in MessagePack, which has a form for every value.</summary>
    private static void AssertValue(JsonElement expected, EventValue actual)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        default(EventValueFormatter).Write(ref writer, in actual);
        GoldenValue.AssertEqual(expected, new EncodedValue(buffer.WrittenMemory, ValueEncoding.MessagePack));
    }
}
