using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>
/// The allocations of a message besides its pooled buffers. The bounds are a little above the measured values; an additional string exceeds
/// them.
/// </summary>
public class AllocationTests
{
    private const int Messages = 1_000;

    private static readonly BroadcastOptions Options = new() { Rooms = RoomSet.Of("r1") };

    [Fact]
    public void Broadcast_allocates_only_the_message_and_its_buffer()
    {
        var encoder = Message.Encoder();
        Assert.InRange(BytesEach(() =>
        {
            using var message = encoder.Broadcast(new Ping(), Options);
            message.Number(1, 0);
        }), 1, 192);
    }

    [Fact]
    public void Decode_allocates_the_message_but_no_strings()
    {
        using var message = Message.Encoder().Broadcast(new Ping(), Options);
        message.Number(1, 0);
        var payload = message.Payload.ToArray();
        Assert.InRange(BytesEach(() => NotificationDecoder.Decode(payload, "/", out _)), 1, 320);
    }

    private static long BytesEach(Action action)
    {
        for (var i = 0; i < Messages; i++)
            action();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Messages; i++)
            action();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / Messages;
    }

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
