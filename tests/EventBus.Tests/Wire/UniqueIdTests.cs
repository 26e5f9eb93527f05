using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>Events inside a caller's transaction, which have a unique id instead of a number.</summary>
public class UniqueIdTests
{
    private const int Threshold = EventBusDefaults.PayloadThreshold;

    private static readonly MessageEncoder Encoder = new(Message.Encoder().Options with { Uid = "emitter", HasUniqueIds = true });

    [Fact]
    public void UniqueId_is_last_in_the_notification()
    {
        using var message = Encoder.Broadcast(Message.Json("""["hello",1]"""), default);
        message.Number(0x2a, 7);
        Assert.Equal(
            """{"type":3,"data":{"packet":{"type":2,"data":["hello",1]},"opts":{"rooms":[],"except":[],"flags":{}}}"""
            + ""","uid":"emitter","nsp":"/","eb":{"s":"00112233445566ff","i":"000000000000002a"}}""",
            Message.Text(message.Payload));
    }

    [Fact]
    public void UniqueId_is_last_in_the_attachment_and_in_its_header()
    {
        using var message = Encoder.Broadcast(Message.BinaryEvent(), default);
        message.Number(long.MaxValue, 0);
        Assert.Equal("""{"uid":"emitter","type":3,"attachmentId":" """.TrimEnd(), Message.Text(message.Head));
        Assert.Equal("\",\"eb\":{\"s\":\"00112233445566ff\",\"i\":\"7fffffffffffffff\"}}", Message.Text(message.Tail));
        Assert.EndsWith(
            "a26562" + "82" + "a173b030303131323233333434353536366666" + "a169" + "b037666666666666666666666666666666",
            Convert.ToHexStringLower(message.Attachment.Span),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(Threshold + 1, true)]
    public void UniqueId_survives_a_round_trip(int length, bool isAttached)
    {
        var text = new string('x', length);
        using var message = Encoder.Broadcast(Message.Event(text), default);
        message.Number(1, 0);
        Assert.Equal(isAttached, message.IsAttached);

        var decoded = Decoding.Decode(message, "/");
        Assert.Equal("emitter", decoded.Uid);
        Assert.Equal(new SequenceKey(Message.Source, UniqueId: "0000000000000001"), decoded.Key);
        Assert.Equal($"""["b","{text}"]""", Message.AsJson(decoded.PacketData));
    }

    [Theory]
    [InlineData(Threshold - 1, 1, false)]
    [InlineData(Threshold - 1, long.MaxValue, false)]
    [InlineData(Threshold, 1, true)]
    public void UniqueId_counts_towards_the_threshold_with_a_fixed_length(int bytes, long id, bool isAttached)
    {
        using var empty = Encoder.Broadcast(Message.Event(""), default);
        empty.Number(1, 0);
        using var message = Encoder.Broadcast(Message.Event(new string('x', bytes - empty.Payload.Length)), default);
        message.Number(id, 0);

        Assert.Equal(isAttached, message.IsAttached);
        if (!isAttached)
            Assert.Equal(bytes, message.Payload.Length);
    }

    [Fact]
    public void Number_does_not_move_the_PacketData_when_it_appends_an_id()
    {
        for (var length = 0; length < 9_000; length += 7)
        {
            using var message = Encoder.Broadcast(Message.Event(new string('x', length)), default);
            var before = message.PacketData.Bytes;
            message.Number(long.MaxValue, 0);
            Assert.True(before.Span == message.PacketData.Bytes.Span);
        }
    }

    [Fact]
    public void UniqueId_makes_equal_events_differ()
    {
        using var first = Encoder.Broadcast(Message.Event("x"), default);
        using var second = Encoder.Broadcast(Message.Event("x"), default);
        first.Number(1, 0);
        second.Number(2, 0);
        Assert.NotEqual(Message.Text(first.Payload), Message.Text(second.Payload));
    }
}
