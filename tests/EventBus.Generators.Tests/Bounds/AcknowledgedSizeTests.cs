using EventBus.SampleContracts;
using EventBus.Wire;

namespace EventBus.Generators.Tests.Bounds;

/// <summary>Acknowledged events also carry a request id and the timeout of their sender.</summary>
public sealed class AcknowledgedSizeTests
{
    private const string RequestId = "0123456789abcdef";

    [Fact]
    public void Size_shortest_request_reaches_the_least() => Assert.Equal(
        EventSize.Of<IPollEvents>("read").Least,
        Bytes("u", number: 1, new BroadcastOptions { TimeoutMilliseconds = 1 }));

    [Fact]
    public void Size_longest_request_reaches_the_greatest() => Assert.Equal(
        EventSize.Of<IPollEvents>("read").Greatest,
        Bytes(new string('u', 64), long.MaxValue, new BroadcastOptions
        {
            Rooms = RoomSet.Of(new string('r', 254)),
            ExpectSingleResponse = true,
            Volatile = true,
            Compress = false,
            TimeoutMilliseconds = int.MaxValue,
        }));

    private static int Bytes(string uid, long number, BroadcastOptions options)
    {
        var encoder = new MessageEncoder(
            new MessageEncoderOptions { Channel = "socket.io#/", Namespace = "/", Uid = uid, Source = "0123456789abcdef" });
        using var message = encoder.Broadcast(UntypedPacket.ForSockets("read", ReadOnlyMemory<EventValue>.Empty), options, RequestId);
        message.Number(number, ordinal: 0);
        return message.Payload.Length;
    }
}
