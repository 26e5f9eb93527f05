using System.Buffers.Binary;
using System.Text;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>Messages that the decoder rejects, and unusual ones that it accepts. Each case is tried in both forms.</summary>
public class HostileMessageTests
{
    private const string Valid =
        """{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"u","nsp":"/"}""";

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("\"type\"")]
    [InlineData("{}")]
    [InlineData("""{"type":1}""")]
    [InlineData("""{"uid":"u"}""")]
    [InlineData("""{"type":0,"uid":"u"}""")]
    [InlineData("""{"type":14,"uid":"u"}""")]
    [InlineData("""{"type":-1,"uid":"u"}""")]
    [InlineData("""{"type":259,"uid":"u"}""")]
    [InlineData("""{"type":4294967297,"uid":"u"}""")]
    [InlineData("""{"type":1.5,"uid":"u"}""")]
    [InlineData("""{"type":"1","uid":"u"}""")]
    [InlineData("""{"type":true,"uid":"u"}""")]
    [InlineData("""{"type":null,"uid":"u"}""")]
    [InlineData("""{"type":1,"uid":null}""")]
    [InlineData("""{"type":1,"uid":""}""")]
    [InlineData("""{"type":1,"uid":5}""")]
    [InlineData("""{"type":1,"uid":["u"]}""")]
    [InlineData("""{"type":1,"uid":"u","nsp":"/other"}""")]
    [InlineData("""{"type":1,"uid":"u","nsp":""}""")]
    [InlineData("""{"type":1,"uid":"u","nsp":5}""")]
    [InlineData("""{"type":1,"uid":"u","nsp":{}}""")]
    public void Decode_rejects_malformed_envelopes(string json) => AssertRefused(json);

    [Theory]
    [InlineData("""{"type":1,"type":2,"uid":"u"}""")]
    [InlineData("""{"type":1,"uid":"u","uid":"u"}""")]
    [InlineData("""{"type":1,"\u0075id":"u","uid":"v"}""")]
    [InlineData("""{"type":1,"uid":"u","nsp":"/","nsp":"/"}""")]
    [InlineData("""{"type":1,"uid":null,"uid":"u"}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["e"]},"packet":{"type":2,"data":["f"]},"opts":{"rooms":[],"except":[]}}"""
        + ""","uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"],"data":["f"]},"opts":{"rooms":[],"except":[]}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["a"],"rooms":[],"except":[]}},"uid":"u"}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["a"],"except":[]},"opts":{"rooms":[],"except":[]}}"""
        + ""","uid":"u"}""")]
    [InlineData("""{"type":1,"uid":"u","eb":{"s":"a","n":1,"n":2}}""")]
    public void Decode_rejects_duplicate_known_keys(string json) => AssertRefused(json);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"data\"")]
    [InlineData("{}")]
    [InlineData("""{"packet":{"type":2,"data":["e"]}}""")]
    [InlineData("""{"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":null,"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":["e"],"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"data":["e"]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":3,"data":["e"]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":4294967298,"data":["e"]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":"2","data":["e"]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":[]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":[5]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":[null]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":[["e"]]},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":"e"},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":{"0":"e"}},"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":[]}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":null,"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":"r","except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":{},"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[1],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[null],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["r",["s"]],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[true]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"volatile":1}}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"compress":"no"}}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"timeout":-1}}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"timeout":"5"}}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"expectSingleResponse":{}}}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"requestId":5,"opts":{"rooms":[],"except":[]}}""")]
    [InlineData("""{"packet":{"type":2,"data":["e"]},"requestId":"","opts":{"rooms":[],"except":[]}}""")]
    public void Decode_rejects_malformed_broadcasts(string data) => AssertRefused($$"""{"type":3,"data":{{data}},"uid":"u"}""");

    [Theory]
    [InlineData(4, """{"opts":{"rooms":[],"except":[]}}""")]
    [InlineData(4, """{"rooms":["a"]}""")]
    [InlineData(5, """{"opts":{"rooms":[],"except":[]},"rooms":"a"}""")]
    [InlineData(6, """{"close":true}""")]
    [InlineData(6, """{"opts":{"rooms":[],"except":[]},"close":"yes"}""")]
    [InlineData(6, """{"opts":{"rooms":[],"except":[]},"close":0}""")]
    [InlineData(7, """{"opts":{"rooms":[],"except":[]}}""")]
    [InlineData(7, """{"requestId":"r"}""")]
    [InlineData(8, """{"requestId":"r"}""")]
    [InlineData(8, """{"sockets":[]}""")]
    [InlineData(8, """{"requestId":"r","sockets":{}}""")]
    [InlineData(8, """{"requestId":"r","sockets":[5]}""")]
    [InlineData(8, """{"requestId":"r","sockets":[{"id":5,"rooms":[]}]}""")]
    [InlineData(8, """{"requestId":"r","sockets":[{"id":"a"}]}""")]
    [InlineData(8, """{"requestId":"r","sockets":[{"rooms":[]}]}""")]
    [InlineData(8, """{"requestId":"r","sockets":[{"id":"a","rooms":[],"handshake":"h"}]}""")]
    [InlineData(9, """{}""")]
    [InlineData(9, """{"packet":{"type":2,"data":["e"]}}""")]
    [InlineData(9, """{"packet":[]}""")]
    [InlineData(9, """{"packet":[1]}""")]
    [InlineData(10, """{"packet":1}""")]
    [InlineData(10, """{"requestId":null}""")]
    [InlineData(11, """{"requestId":"r"}""")]
    [InlineData(11, """{"requestId":"r","clientCount":-1}""")]
    [InlineData(11, """{"requestId":"r","clientCount":4294967296}""")]
    [InlineData(11, """{"requestId":"r","clientCount":1.5}""")]
    [InlineData(11, """{"requestId":"r","clientCount":"1"}""")]
    [InlineData(12, """{"packet":1}""")]
    [InlineData(12, """{"requestId":["r"],"packet":1}""")]
    public void Decode_rejects_malformed_data_of_other_types(int type, string data)
    {
        AssertRefused($$"""{"type":{{type}},"data":{{data}},"uid":"u"}""");
        AssertRefused($$"""{"data":{{data}},"type":{{type}},"uid":"u"}""");
    }

    [Theory]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"s":"a"}""")]
    [InlineData("""{"n":1}""")]
    [InlineData("""{"i":"x"}""")]
    [InlineData("""{"s":5,"n":1}""")]
    [InlineData("""{"s":"","n":1}""")]
    [InlineData("""{"s":"a","n":"1"}""")]
    [InlineData("""{"s":"a","n":-1}""")]
    [InlineData("""{"s":"a","n":0}""")]
    [InlineData("""{"s":"a","n":1.5}""")]
    [InlineData("""{"s":"a","n":9223372036854775808}""")]
    [InlineData("""{"s":"a","n":1,"k":-1}""")]
    [InlineData("""{"s":"a","n":1,"k":"1"}""")]
    [InlineData("""{"s":"a","i":5}""")]
    [InlineData("""{"s":"a","n":1,"i":"x"}""")]
    public void Decode_rejects_malformed_sequence_keys(string key) =>
        AssertRefused($$"""{"type":9,"data":{"packet":["e"]},"uid":"u","eb":{{key}}}""");

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"0\"")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"-1\"")]
    [InlineData("\"+1\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"9223372036854775808\"")]
    [InlineData("9223372036854775808")]
    [InlineData("[1]")]
    [InlineData("true")]
    public void Decode_rejects_malformed_attachment_ids(string id) =>
        Assert.Throws<EventSerializationException>(() => Header($$"""{"uid":"u","type":3,"attachmentId":{{id}}}"""));

    [Fact]
    public void Decode_rejects_a_header_with_data() =>
        Assert.Throws<EventSerializationException>(() => Header("""{"uid":"u","type":1,"data":{},"attachmentId":"1"}"""));

    [Fact]
    public void Decode_rejects_ids_over_the_limit()
    {
        var longest = new string('u', WireValues.MaxNameBytes);
        Assert.Equal(longest, Read($$"""{"type":1,"uid":"{{longest}}" }""").Uid);
        AssertRefused($$"""{"type":1,"uid":"u{{longest}}" }""");
        AssertRefused($$"""{"type":12,"uid":"u","data":{"requestId":"r{{longest}}" } }""");
        AssertRefused($$"""{"type":1,"uid":"u","eb":{"s":"s{{longest}}","n":1} }""");
    }

    [Theory]
    [InlineData(Valid + "x")]
    [InlineData(Valid + "{}")]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{\"type\":1,\"uid\":\"u\"")]
    [InlineData("\uFEFF" + Valid)]
    public void Decode_rejects_payloads_that_are_not_one_JSON_value(string payload) =>
        Assert.Throws<EventSerializationException>(() => Header(payload));

    [Fact]
    public void Decode_rejects_every_prefix_of_a_valid_message()
    {
        var json = Encoding.UTF8.GetBytes(Valid);
        var messagePack = ToMessagePack(Valid);
        var header = new AttachmentHeader("u", MessageType.Broadcast, 1, default);
        Assert.NotNull(NotificationDecoder.Decode(json, "/", out _));
        Assert.NotNull(NotificationDecoder.DecodeAttachment(messagePack, "/", header));
        for (var length = 0; length < json.Length; length++)
            Assert.Throws<EventSerializationException>(() => NotificationDecoder.Decode(json.AsMemory(0, length), "/", out _));
        for (var length = 0; length < messagePack.Length; length++)
            Assert.Throws<EventSerializationException>(
                () => NotificationDecoder.DecodeAttachment(messagePack.AsMemory(0, length), "/", header));
        Assert.Throws<EventSerializationException>(() => NotificationDecoder.DecodeAttachment((byte[])[.. messagePack, 0xC0], "/", header));
    }

    [Fact]
    public void Decode_rejects_malformed_arguments_without_decoding_them()
    {
        var arguments = new[] { "[\"e\",tru]", "[\"e\",01]", "[\"e\",\"\\x\"]", "[\"e\",{\"a\"}]", "[\"e\",]", "[\"e\",\"\u0001\"]" };
        Assert.All(arguments, data => Assert.Throws<EventSerializationException>(() =>
            Header($$"""{"type":9,"data":{"packet":{{data}}},"uid":"u"}""")));
        Assert.Throws<EventSerializationException>(
            () => Read(
                [
                    0x83, .. Text("type"), 0x09, .. Text("uid"), .. Text("u"), .. Text("data"), 0x81, .. Text("packet"), 0x92,
                    .. Text("e"), 0xC1
                ],
                MessageType.ServerSideEmit));
    }

    [Fact]
    public void Decode_rejects_nesting_deeper_than_128()
    {
        // The message itself has three levels more.
        string WithDepth(int depth) =>
            $$"""{"type":9,"data":{"packet":["e",{{new string('[', depth)}}{{new string(']', depth)}}]},"uid":"u"}""";
        Assert.NotNull(Header(WithDepth(125)));
        Assert.Throws<EventSerializationException>(() => Header(WithDepth(126)));
        Assert.Throws<EventSerializationException>(() => Header(WithDepth(100_000)));
    }

    [Fact]
    public void DecodeAttachment_rejects_declared_lengths_beyond_the_end()
    {
        byte[] Broadcast(params byte[] rooms) =>
            [0x83, .. Text("type"), 0x04, .. Text("uid"), .. Text("u"), .. Text("data"), 0x81, .. Text("rooms"), .. rooms];
        Assert.All(
            [
                Broadcast(0xDD, 0xFF, 0xFF, 0xFF, 0xFF), Broadcast(0xDD, 0x7F, 0xFF, 0xFF, 0xFF),
                Broadcast(0x91, 0xDB, 0x7F, 0xFF, 0xFF, 0xFF), [0xDF, 0xFF, 0xFF, 0xFF, 0xFF]
            ],
            bytes =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Throws<EventSerializationException>(() => Read(bytes, MessageType.SocketsJoin));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
            });
    }

    [Fact]
    public void Decode_reads_very_many_rooms_in_linear_time()
    {
        // A quadratic reader would compare rooms ten billion times here, and run into the timeout.
        var rooms = string.Join(',', Enumerable.Range(0, 200_000).Select(room => $"\"{room}\""));
        var message = Read($$"""{"type":4,"data":{"opts":{"rooms":[{{rooms}}],"except":[{{rooms}}]},"rooms":[{{rooms}}]},"uid":"u"}""");
        Assert.Equal((200_000, 200_000, 200_000), (message.Options.Rooms.Count, message.Options.Except.Count, message.Rooms.Count));
        Assert.Equal("199999", message.Rooms[199_999]);
    }

    [Fact]
    public void Decode_rejects_more_rooms_sockets_and_values_than_the_limit()
    {
        byte[] none = [0x90];
        byte[] rooms = [.. Array(), .. Many([0xA0])];
        byte[] socket = [0x82, .. Text("id"), 0xA0, .. Text("rooms"), 0x90];
        byte[] data = [0x91, 0x83, .. socket[1..], .. Text("data"), .. Array(), .. Many([0xC0])];
        AssertTooMany(MessageType.SocketsJoin, [0x82, .. Options(rooms, none), .. Text("rooms"), .. none]);
        AssertTooMany(MessageType.SocketsJoin, [0x82, .. Options(none, rooms), .. Text("rooms"), .. none]);
        AssertTooMany(MessageType.SocketsJoin, [0x82, .. Options(none, none), .. Text("rooms"), .. rooms]);
        AssertTooMany(
            MessageType.FetchSocketsResponse, [0x82, .. Text("requestId"), .. Text("r"), .. Text("sockets"), .. Array(), .. Many(socket)]);
        AssertTooMany(MessageType.FetchSocketsResponse, [0x82, .. Text("requestId"), .. Text("r"), .. Text("sockets"), .. data]);

        static byte[] Many(byte[] item) =>
            [.. Enumerable.Repeat(item, SerializationLimits.MaxValues + 1).SelectMany(static bytes => bytes)];
        static byte[] Array() => [0xDD, .. BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(SerializationLimits.MaxValues + 1))];
        static byte[] Options(byte[] rooms, byte[] except) =>
            [.. Text("opts"), 0x82, .. Text("rooms"), .. rooms, .. Text("except"), .. except];
        static void AssertTooMany(MessageType type, byte[] data) => Assert.Contains(
            "more than",
            Assert.Throws<EventSerializationException>(
                () => Read([0x83, .. Text("type"), (byte)type, .. Text("uid"), .. Text("u"), .. Text("data"), .. data], type)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_counts_a_duplicate_room_once()
    {
        var rooms = string.Join(',', Enumerable.Range(0, 100).Select(room => $"\"{room % 20}\""));
        var message = Read($$"""{"type":4,"data":{"opts":{"rooms":["a","b","a"],"except":[]},"rooms":[{{rooms}}]},"uid":"u"}""");
        Assert.Equal(["a", "b"], message.Options.Rooms.ToArray());
        Assert.Equal(Enumerable.Range(0, 20).Select(room => $"{room}"), message.Rooms.ToArray());
    }

    [Theory]
    [InlineData("""{"uid":"u","data":{"opts":{"except":[],"rooms":["r"]},"packet":{"data":["e",1],"type":2}},"type":3}""")]
    [InlineData(
        """{"source":"_sio_adapter","type":3,"nodeId":5,"data":{"extra":[1],"packet":{"type":2,"id":7,"data":["e",1]"""
        + ""","nsp":"/","attachments":0},"opts":{"rooms":["r"],"except":[],"flags":{"broadcast":true,"local":false},"more":{}}}"""
        + ""","uid":"u"}""")]
    [InlineData(
        """{"\u0074ype":3,"d\u0061ta":{"packet":{"type":2,"data":["\u0065",1]},"opts":{"rooms":["\u0072"],"except":[]}}"""
        + ""","uid":"\u0075","nsp":"\u002f"}""")]
    [InlineData(
        """{"type":3.0,"data":{"packet":{"type":2e0,"data":["e",1]},"requestId":null,"opts":{"rooms":["r"],"except":[]"""
        + ""","flags":null}},"uid":"u","nsp":null,"eb":null}""")]
    public void Decode_accepts_any_order_unknown_keys_escapes_and_nulls(string json)
    {
        var message = Read(json);
        Assert.Equal((MessageType.Broadcast, "u", "/"), (message.Type, message.Uid, message.Namespace));
        Assert.Equal(["r"], message.Options.Rooms.ToArray());
        Assert.Equal("e", Message.Text(message.EventName));
        Assert.Equal("""["e",1]""", Message.AsJson(message.PacketData));
        Assert.Null(message.RequestId);
    }

    [Theory]
    [InlineData("0.5", 1)]
    [InlineData("1e300", int.MaxValue)]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("0", 0)]
    [InlineData("null", null)]
    public void Decode_accepts_fractional_and_huge_timeouts(string timeout, int? milliseconds) => Assert.Equal(
        milliseconds,
        Read(
            $$$"""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[]"""
            + $$$""","flags":{"timeout":{{{timeout}}} } } },"uid":"u"}""")
            .Options.TimeoutMilliseconds);

    [Fact]
    public void Decode_accepts_white_space() => Assert.NotNull(Header(" " + Valid.Replace(",", " ,\n", StringComparison.Ordinal) + "\n"));

    [Theory]
    [InlineData("\"0007\"", 7)]
    [InlineData("7", 7)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    public void Decode_accepts_an_attachment_id_as_text_or_number(string json, long id)
    {
        NotificationDecoder.Decode(Encoding.UTF8.GetBytes($$"""{"uid":"u","type":3,"attachmentId":{{json}}}"""), "/", out var header);
        Assert.Equal(new AttachmentHeader("u", MessageType.Broadcast, id, default), header);
    }

    [Fact]
    public void Decode_accepts_a_unique_id_instead_of_a_number() => Assert.Equal(
        new SequenceKey("a", null, "x"),
        Read("""{"type":9,"data":{"packet":["e"]},"uid":"emitter","eb":{"s":"a","i":"x","trace":{"id":1}}}""").Key);

    [Theory]
    [InlineData("v", 3, "\"s\":\"a\",\"n\":5")]
    [InlineData("u", 9, "\"s\":\"a\",\"n\":5")]
    [InlineData("u", 3, "\"s\":\"b\",\"n\":5")]
    [InlineData("u", 3, "\"s\":\"a\",\"n\":6")]
    [InlineData("u", 3, "\"s\":\"a\",\"i\":\"5\"")]
    [InlineData("u", 3, "\"s\":\"a\",\"n\":5,\"k\":1")]
    public void DecodeAttachment_rejects_a_mismatching_header(string uid, int type, string key)
    {
        var attachment = ToMessagePack(Valid[..^1] + """,eb:{"s":"a","n":5}}""".Replace("eb", "\"eb\"", StringComparison.Ordinal));
        byte[] Announce(string announcedUid, int announcedType, string announcedKey) =>
            Encoding.UTF8.GetBytes(
                $$$"""{"uid":"{{{announcedUid}}}","type":{{{announcedType}}},"attachmentId":"7","eb":{{{{announcedKey}}}}}""");

        Assert.NotNull(Decoding.Decode(Announce("u", 3, "\"s\":\"a\",\"n\":5"), attachment, "/"));
        Assert.Throws<EventSerializationException>(() => Decoding.Decode(Announce(uid, type, key), attachment, "/"));
    }

    [Fact]
    public void DecodeAttachment_rejects_a_header() => Assert.Throws<EventSerializationException>(() =>
        Read(ToMessagePack("""{"uid":"u","type":3,"attachmentId":"7"}"""), MessageType.Broadcast));

    private static ClusterMessage? Header(string payload) => NotificationDecoder.Decode(Encoding.UTF8.GetBytes(payload), "/", out _);

    /// <summary>Reads the message in both forms.</summary>
    private static ClusterMessage Read(string json)
    {
        var message = Assert.IsType<ClusterMessage>(Header(json));
        Read(ToMessagePack(json), message.Type, message.Uid, message.Key);
        return message;
    }

    private static ClusterMessage Read(byte[] messagePack, MessageType type, string uid = "u", SequenceKey key = default) =>
        NotificationDecoder.DecodeAttachment(messagePack, "/", new AttachmentHeader(uid, type, 7, key));

    private static void AssertRefused(string json)
    {
        Assert.Throws<EventSerializationException>(() => Header(json));
        var messagePack = new EncodedValue(ToMessagePack(json), ValueEncoding.MessagePack);
        Assert.Throws<EventSerializationException>(() =>
        {
            // There is no header to compare with, so that the message alone is the reason.
            var reader = new MessagePackValueReader(messagePack.Bytes.Span);
            Envelope.Read(ref reader, in messagePack, "/");
        });
    }

    private static byte[] ToMessagePack(string json)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        Message.Json(json).WriteTo(ref writer);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Text(string text) => [(byte)(0xA0 + text.Length), .. Encoding.UTF8.GetBytes(text)];
}
