using System.Text;
using EventBus.Fuzz;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>A recognized event is exactly the event that the decoder reads.</summary>
public class EventRecognizerTests
{
    private const string Start =
        """{"type":3,"data":{"packet":{"type":2,"data":["e",1]},"opts":{"rooms":["r1"],"except":[],"flags":{}}},""";

    private readonly EventRecognizer _recognizer = new();

    [Theory]
    [InlineData("r1")]
    [InlineData()]
    public void Decode_events_of_a_NET_node_parses_only_the_first(params string[] rooms)
    {
        var encoder = Message.Encoder();
        for (var number = 1; number <= 12; number++)
        {
            using var message = encoder.Broadcast(Message.Event($"text {number}"), new() { Rooms = RoomSet.Of(rooms) });
            message.Number(number, 0);
            AssertSame(message.Payload);
            Assert.Equal(1, _recognizer.Count);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Decode_events_with_a_trace_parses_only_the_first(bool isFirstTraced)
    {
        var encoder = Message.Encoder();
        for (var number = 1; number <= 12; number++)
        {
            var trace = number % 2 == 1 == isFirstTraced ? Traces.Sent() : null;
            using var message = encoder.Broadcast(Message.Event($"text {number}"), new() { Rooms = RoomSet.Of("r1") }, trace: trace);
            message.Number(number, 0);
            AssertSame(message.Payload);
            Assert.Equal(1, _recognizer.Count);
        }
    }

    [Fact]
    public void Decode_events_of_a_Socket_IO_server_parses_only_the_first()
    {
        for (var i = 0; i < 3; i++)
            AssertSame(Start.Replace("1]", $"{i}]", StringComparison.Ordinal) + "\"uid\":\"1c929de0d13ecb0d\",\"nsp\":\"/\"}");
        Assert.Equal(1, _recognizer.Count);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/chat")]
    public void Decode_events_of_a_Socket_IO_emitter_parses_only_the_first(string busNamespace)
    {
        for (var i = 0; i < 3; i++)
        {
            var json = $$$"""
                {"type":3,"data":{"packet":{"type":2,"data":["e",{{{i}}}],"nsp":"{{{busNamespace}}}"},"opts":
                {"rooms":["r{{{i}}}"],"flags":{},"except":[]}},"uid":"emitter"}
                """;
            AssertSame(Encoding.UTF8.GetBytes(json.ReplaceLineEndings("")), busNamespace);
        }

        Assert.Equal(1, _recognizer.Count);
    }

    [Fact]
    public void Decode_events_of_many_sources_keeps_them_apart()
    {
        for (var round = 1; round <= 3; round++)
        {
            for (var source = 0; source < 100; source++)
                AssertSame(Start + $$$"""
                    "uid":"{{{source:x16}}}","nsp":"/","eb":{"s":"{{{source * 7919:x16}}}","n":{{{round * 10}}}}}
                    """);
        }

        Assert.InRange(_recognizer.Count, 50, 100);
    }

    [Theory]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["r\u0031"],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["é"],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["a","b"],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["a"],"except":["b"],"flags":{}}},"uid":"u"}""")]
    [InlineData(
        """{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{}},"requestId":"1"}"""
        + ",\"uid\":\"u\"}")]
    [InlineData("""{"type":3,"data":{"opts":{"rooms":[],"except":[],"flags":{}},"packet":{"type":2,"data":["e"]}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["a","a"],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[],"except":[],"flags":{"timeout":1}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"],"x":{"rooms":[]}},"opts":{"rooms":[],"except":[]}},"uid":"u"}""")]
    [InlineData(Start + "\"uid\":\"u\",\"eb\":{\"s\":\"a\",\"i\":\"5\"}}")]
    [InlineData(Start + "\"uid\":\"u\",\"eb\":{\"n\":5,\"s\":\"a\"}}")]
    [InlineData(Start + "\"uid\":\"u\",\"eb\":{\"s\":\"a\",\"n\":5,\"z\":5}}")]
    [InlineData(
        Start + "\"uid\":\"u\",\"eb\":{\"s\":\"a\",\"i\":\"5\",\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}")]
    [InlineData(
        Start + "\"uid\":\"u\",\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\",\"eb\":{\"n\":5,\"s\":\"a\"}}")]
    [InlineData(Start + "\"uid\":\"u\",\"eb\":{\"s\":\"\\u0061\",\"n\":5}}")]
    [InlineData(Start + "\"uid\":\"u\",\"eb\":{\"s\":\"a\",\"n\":5},\"q\":{\"n\":5}}")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data": ["e"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":"e"},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"u"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":[""")]
    [InlineData("""{"type":2,"uid":"u","nsp":"/"}""")]
    [InlineData("""{"uid":"u","type":3,"attachmentId":"1"}""")]
    public void Decode_other_messages_are_parsed(string json)
    {
        AssertSame(json);
        AssertSame(json);
        Assert.Equal(0, _recognizer.Count);
    }

    [Theory]
    [InlineData("05}}")]
    [InlineData("0}}")]
    [InlineData("-5}}")]
    [InlineData("5.0}}")]
    [InlineData("5}} ")]
    [InlineData("5,\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}")]
    [InlineData("5,\"t\":\"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01\"}}")]
    [InlineData("5,\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0\"}}")]
    [InlineData("5,\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169\\u00333331-01\"}}")]
    [InlineData("5,\"t\": \"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}")]
    [InlineData("5,\"b\":\"x=1\",\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}")]
    [InlineData("5,\"b\":\"x=1\"}}")]
    [InlineData("5,\"t\":7}}")]
    [InlineData("\"5\",\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}}")]
    [InlineData("5}}}")]
    [InlineData("5}")]
    [InlineData("999999999999999999}}")]
    [InlineData("9223372036854775807}}")]
    [InlineData("9223372036854775808}}")]
    public void Decode_known_source_with_another_end_is_as_the_decoder_reads_it(string end)
    {
        const string known = Start + "\"uid\":\"u\",\"nsp\":\"/\",\"eb\":{\"s\":\"a\",\"n\":";
        AssertSame(known + "4}}");
        Assert.Equal(1, _recognizer.Count);
        AssertSame(known + end);
    }

    [Fact]
    public void Decode_known_source_on_another_channel_is_rejected()
    {
        const string json = Start + "\"uid\":\"u\",\"nsp\":\"/\",\"eb\":{\"s\":\"a\",\"n\":4}}";
        AssertSame(json);
        Assert.Throws<EventSerializationException>(
            () => _recognizer.Decode(Encoding.UTF8.GetBytes(json), "/other", out _, reused: null));
    }

    [Fact]
    public void Decode_arguments_count_the_maps_around_them_towards_the_depth()
    {
        foreach (var depth in (int[])[SerializationLimits.MaxDepth - 5, SerializationLimits.MaxDepth - 4, SerializationLimits.MaxDepth - 3])
        {
            var nested = new string('[', depth) + new string(']', depth);
            var json = Start.Replace("1]", nested + "]", StringComparison.Ordinal) + "\"uid\":\"u\"}";
            AssertSame(json);
            AssertSame(json);
        }
    }

    [Fact]
    public void Decode_mutated_messages_are_as_the_decoder_reads_them()
    {
        var mutator = new Mutator(20_261_130);
        var seeds = FuzzSeeds.Load().Where(static seed => seed.Encoding is ValueEncoding.Json).ToArray();
        using var own = Message.Encoder().Broadcast(Message.Event("text"), new() { Rooms = RoomSet.Of("r1") });
        own.Number(12, 0);
        var ownSeed = seeds[0] with { Bytes = own.Payload.ToArray(), Namespace = "/" };
        using var traced = Message.Encoder().Broadcast(Message.Event("text"), new() { Rooms = RoomSet.Of("r1") }, trace: Traces.Sent());
        traced.Number(12, 0);
        var tracedSeed = ownSeed with { Bytes = traced.Payload.ToArray() };
        for (var i = 0; i < 40_000; i++)
        {
            var seed = i % 4 == 0 ? tracedSeed : i % 2 == 0 ? ownSeed : seeds[i % seeds.Length];
            AssertSame(seed.Bytes, seed.Namespace);
            AssertSame(mutator.Mutate(seed, seeds[(i * 31) % seeds.Length]).ToArray(), seed.Namespace);
        }
    }

    private void AssertSame(string json) => AssertSame(Encoding.UTF8.GetBytes(json.Trim()));

    private void AssertSame(ReadOnlyMemory<byte> json, string busNamespace = "/")
    {
        AttachmentHeader expectedHeader = default, header = default;
        var expected = Try(() => NotificationDecoder.Decode(json, busNamespace, out expectedHeader));
        var actual = Try(() => _recognizer.Decode(json, busNamespace, out header, new ClusterMessage()));
        Assert.Equal(Describe(expected), Describe(actual));
        Assert.Equal(expectedHeader, header);
    }

    private static object? Try(Func<ClusterMessage?> decode)
    {
        try
        {
            return decode();
        }
        catch (EventSerializationException exception)
        {
            // The message about the depth names the limit, from which the recognizer has subtracted the maps around the arguments.
            return exception.Message.Contains("depth", StringComparison.Ordinal) ? "depth" : exception.Message;
        }
    }

    private static string Describe(object? decoded) => decoded is not ClusterMessage message
        ? $"{decoded}"
        : $"{message.Type} {message.Uid} {message.Namespace} {message.Key} {message.Pid} {message.Size} {message.IsAttached} "
            + $"{Rooms(message.Options.Rooms)} {Rooms(message.Options.Except)} {Rooms(message.Rooms)} {message.Options.Volatile} "
            + $"{message.Options.Compress} {message.Options.TimeoutMilliseconds} {message.Options.ExpectSingleResponse} "
            + $"{Message.Text(message.EventName)} {message.PacketData.Encoding} {Message.Text(message.PacketData.Bytes)} "
            + $"{Message.Text(message.Trace.Parent)} {Message.Text(message.Trace.Baggage)} "
            + $"{message.RequestId} {message.Close} {message.ClientCount} {message.Failure} "
            + $"{Message.Text(message.Ack.Bytes)} {message.Sockets.Count}";

    private static string Rooms(in RoomSet rooms) => string.Join(',', rooms.ToArray());
}
