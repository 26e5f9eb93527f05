using EventBus.Serialization;
using EventBus.Tests.Testing;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>
/// The allocations of a message besides its pooled buffers. A bound is a little above the measured value; an additional string exceeds it.
/// </summary>
public class AllocationTests
{
    private const int Messages = 1_000;

    private static readonly BroadcastOptions Options = new() { Rooms = RoomSet.Of("r1") };

    [Fact]
    public void Broadcast_allocates_nothing_if_the_message_before_is_disposed()
    {
        var encoder = Message.Encoder();
        Assert.Equal(0, BytesEach(() =>
        {
            using var message = encoder.Broadcast(new Ping(), Options);
            message.Number(1, 0);
        }));
    }

    [Fact]
    public void Decode_allocates_the_message_but_no_strings()
    {
        using var message = Message.Encoder().Broadcast(new Ping(), Options);
        message.Number(1, 0);
        var payload = message.Payload.ToArray();
        Assert.InRange(BytesEach(() => NotificationDecoder.Decode(payload, "/", out _), limit: 280), 1, 280);
    }

    [Fact]
    public void Decode_event_into_a_reused_message_allocates_nothing()
    {
        using var message = Message.Encoder().Broadcast(new Ping(), Options);
        message.Number(1, 0);
        var payload = message.Payload.ToArray();
        var reused = new ClusterMessage();
        Assert.Equal(0, BytesEach(() => NotificationDecoder.Decode(payload, "/", out _, reused)));
        Assert.Equal((1, "r1"), (reused.Key.Number, reused.Options.Rooms[0]));
    }

    [Fact]
    public void Decode_event_with_a_trace_allocates_nothing()
    {
        using var message = Message.Encoder().Broadcast(new Ping(), Options, trace: Traces.Sent());
        message.Number(1, 0);
        var payload = message.Payload.ToArray();
        var reused = new ClusterMessage();
        var recognizer = new EventRecognizer();
        Assert.Equal(0, BytesEach(() => NotificationDecoder.Decode(payload, "/", out _, reused)));
        Assert.Equal(0, BytesEach(() => recognizer.Decode(payload, "/", out _, reused)));
        Assert.Equal((1, Traces.Parent), (recognizer.Count, Message.Text(reused.Trace.Parent)));
    }

    private static long BytesEach(Action action, long limit = 0) => Allocations.LeastOf(
        () =>
        {
            for (var i = 0; i < Messages; i++)
                action();
        },
        limit * Messages) / Messages;

    private readonly struct Ping : IWritable
    {
        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            writer.BeginArray(2);
            writer.WriteUtf8("ping"u8);
            writer.WriteInteger(12345);
            writer.EndArray();
        }
    }
}
