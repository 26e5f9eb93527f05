using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

public class OutgoingMessageTests
{
    [Fact]
    public void Number_is_last_in_the_notification()
    {
        using var message = Message.Encoder().Broadcast(Message.Json("""["hello",1]"""), default);
        message.Number(42, 7);
        Assert.Equal(
            """{"type":3,"data":{"packet":{"type":2,"data":["hello",1]},"opts":{"rooms":[],"except":[],"flags":{}}}"""
            + ""","uid":"1c929de0d13ecb0d","nsp":"/","eb":{"s":"00112233445566ff","n":42}}""",
            Message.Text(message.Payload));
    }

    [Fact]
    public void Number_writes_no_ordinal_in_a_heartbeat()
    {
        using var message = Message.Encoder().Heartbeat();
        message.Number(42, 7);
        Assert.Equal(
            """{"type":2,"uid":"1c929de0d13ecb0d","nsp":"/","eb":{"s":"00112233445566ff","n":42}}""", Message.Text(message.Payload));
    }

    [Fact]
    public void Number_writes_an_ordinal_in_other_messages()
    {
        using var message = Message.Encoder().AdapterClose();
        message.Number(0, 7);
        Assert.Equal(
            """{"type":13,"uid":"1c929de0d13ecb0d","nsp":"/","eb":{"s":"00112233445566ff","n":0,"k":7}}""", Message.Text(message.Payload));
    }

    [Fact]
    public void Number_is_last_in_the_attachment_and_in_its_header()
    {
        using var message = Message.Encoder().Broadcast(Message.BinaryEvent(), default);
        message.Number(300, 0);
        Assert.Equal("""{"uid":"1c929de0d13ecb0d","type":3,"attachmentId":" """.TrimEnd(), Message.Text(message.Head));
        Assert.Equal("\",\"eb\":{\"s\":\"00112233445566ff\",\"n\":300}}", Message.Text(message.Tail));
        Assert.EndsWith(
            "a26562" + "82" + "a173b030303131323233333434353536366666" + "a16e" + "cd012c",
            Convert.ToHexStringLower(message.Attachment.Span),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Number_writes_the_ordinal_after_the_number_in_an_attachment()
    {
        using var message = Message.Encoder().BroadcastAck("0123456789abcdef", Message.BinaryEvent());
        message.Number(0, 300);
        Assert.Equal("\",\"eb\":{\"s\":\"00112233445566ff\",\"n\":0,\"k\":300}}", Message.Text(message.Tail));
        Assert.EndsWith("a16e00a16bcd012c", Convert.ToHexStringLower(message.Attachment.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Tail_ends_after_the_id_without_a_source()
    {
        using var message = Message.Encoder(source: null).Broadcast(Message.BinaryEvent(), default);
        message.Number(1, 0);
        Assert.Equal("\"}", Message.Text(message.Tail));
    }

    [Theory]
    [InlineData(10, ValueEncoding.Json)]
    [InlineData(9_000, ValueEncoding.MessagePack)]
    public void PacketData_is_the_same_before_and_after_Number(int length, ValueEncoding encoding)
    {
        var text = new string('é', length);
        using var message = Message.Encoder()
            .Broadcast(Message.Event(text), new BroadcastOptions { Rooms = RoomSet.Of("r1") }, "0123456789abcdef");
        var before = message.PacketData.Bytes.ToArray();
        message.Number(long.MaxValue, 0);

        Assert.Equal(encoding, message.PacketData.Encoding);
        Assert.Equal(before, message.PacketData.Bytes.ToArray());
        Assert.Equal($"""["b","{text}"]""", Message.AsJson(message.PacketData));
    }

    [Fact]
    public void Number_does_not_move_the_inline_PacketData()
    {
        // A local receiver may be reading it on another thread, so the memory must not move to a larger buffer.
        for (var length = 0; length < 2_000; length++)
        {
            using var message = Message.Encoder().Broadcast(Message.Event(new string('x', length)), default);
            var before = message.PacketData.Bytes;
            message.Number(long.MaxValue, 0);
            Assert.True(before.Span == message.PacketData.Bytes.Span);
        }
    }

    [Fact]
    public void Number_does_not_move_the_attached_PacketData()
    {
        for (var length = 8_000; length < 8_400; length++)
        {
            using var message = Message.Encoder().Broadcast(Message.Event(new string('x', length)), default);
            var before = message.PacketData.Bytes;
            message.Number(long.MaxValue, 0);
            Assert.True(before.Span == message.PacketData.Bytes.Span);
        }
    }

    [Fact]
    public void IsAttached_throws_before_Number()
    {
        using var message = Message.Encoder().Heartbeat();
        Assert.Throws<InvalidOperationException>(() => message.IsAttached);
        Assert.Throws<InvalidOperationException>(() => message.Payload);
        message.Number(1, 0);
        Assert.Throws<InvalidOperationException>(() => message.Attachment);
        Assert.Throws<InvalidOperationException>(() => message.Number(2, 0));
    }

    [Fact]
    public void Size_does_not_change_with_Number()
    {
        using var message = Message.Encoder().Broadcast(Message.Event("x"), default);
        var size = message.Size;
        Assert.InRange(size, 100, 200);
        message.Number(1, 0);
        Assert.Equal(size, message.Size);
    }

    [Fact]
    public void Dispose_returns_the_buffers_once()
    {
        var message = Message.Encoder().Broadcast(Message.Event("x"), default);
        message.Number(1, 0);
        message.Dispose();
        message.Dispose();
        Assert.Throws<ObjectDisposedException>(() => message.Payload);
        Assert.Throws<ObjectDisposedException>(() => message.PacketData);
    }

    [Fact]
    public void IsEvent_is_true_for_broadcasts_and_server_side_emits_only()
    {
        var encoder = Message.Encoder();
        using var broadcast = encoder.Broadcast(Message.Event("x"), default);
        using var serverSide = encoder.ServerSideEmit(Message.Event("x"));
        using var heartbeat = encoder.Heartbeat();
        using var ack = encoder.BroadcastAck("0123456789abcdef");
        Assert.Equal([true, true, false, false], new[] { broadcast, serverSide, heartbeat, ack }.Select(message => message.IsEvent));
    }
}
