using System.Reflection;
using EventBus.Wire;

namespace EventBus.Generators.Tests.Bounds;

/// <summary>Encodes the events that emitted senders post as the runtime does, and counts their bytes.</summary>
internal sealed class Measuring(string uid, long number) : FakeSender
{
    private readonly MessageEncoder _encoder = new(new MessageEncoderOptions
    {
        Channel = "socket.io#/größe",
        Namespace = "/größe",
        Uid = uid,
        Source = "0123456789abcdef",
        PayloadThreshold = 1 << 20,
    });

    private readonly MessageEncoder _transactionEncoder = new(new MessageEncoderOptions
    {
        Channel = "socket.io#/größe",
        Namespace = "/größe",
        Uid = "emitter",
        Source = "0123456789abcdef",
        PayloadThreshold = 1 << 20,
        HasUniqueIds = true,
    });

    /// <summary>The length of the notification of the last event in bytes; null if the event was stored as an attachment.</summary>
    public int? Bytes { get; private set; }

    /// <summary>Whether events are encoded as within a transaction.</summary>
    public bool WithinTransaction { get; init; }

    public Func<BroadcastOperator<SampleContracts.ISizeEvents>, BroadcastOperator<SampleContracts.ISizeEvents>> Target { get; init; } =
        static all => all;

    /// <summary>Sends an event by its emitted sender.</summary>
    public int? Measure(string method, object?[] arguments)
    {
        var post = Target(new Emitter<SampleContracts.ISizeEvents>(this).All).Post;
        var sender = typeof(SampleContracts.SizeEventsSenders).GetMethods().Single(
            candidate => candidate.Name == method && candidate.GetParameters()[0].ParameterType == post.GetType());
        sender.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [post, .. arguments], null);
        return Bytes;
    }

    public override bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
    {
        var encoder = WithinTransaction ? _transactionEncoder : _encoder;
        using var message = encoder.Broadcast(in packet, BroadcastOptions.Of(target));
        message.Number(number, ordinal: 0);
        Bytes = message.IsAttached ? null : message.Payload.Length;
        return true;
    }
}
