using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>The adapter of a publisher: it joins nothing, so there is nobody here to deliver to.</summary>
internal sealed class EmitterAdapter(MessageEncoder encoder, IPublishPipeline pipeline) : IAdapter
{
    /// <summary>What an emitter gives as its uid. It is not a node and never counted as one.</summary>
    public const string Uid = "emitter";

    public MessageEncoder Encoder => encoder;

    public MessageEncoder TransactionEncoder { get; } = WithinTransactions(encoder);

    /// <summary>Of such a message nobody is the sender, and it is no sign of life; it is numbered like all others of its source.</summary>
    public static MessageEncoder WithoutNode(MessageEncoder encoder) => new(encoder.Options with { Uid = Uid });

    /// <summary>Of such a message nobody is the sender: the emitting node, too, takes it when it comes back.</summary>
    public static MessageEncoder WithinTransactions(MessageEncoder encoder) => new(encoder.Options with { Uid = Uid, HasUniqueIds = true });

    public ValueTask BroadcastAsync(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target, CancellationToken cancellationToken) =>
        target.Transaction is { } transaction
            ? pipeline.PublishWithinAsync(transaction, message, cancellationToken)
            : pipeline.PublishAsync(message, cancellationToken);

    public bool Post(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target) => pipeline.TryPost(message);

    public ValueTask ServerSideEmitAsync(OutgoingMessage message, CancellationToken cancellationToken) => pipeline.PublishAsync(message, cancellationToken);

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        pipeline.PublishAsync(encoder.SocketsJoin(BroadcastOptions.Of(target), rooms), cancellationToken);

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        pipeline.PublishAsync(encoder.SocketsLeave(BroadcastOptions.Of(target), rooms), cancellationToken);

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        pipeline.PublishAsync(encoder.DisconnectSockets(BroadcastOptions.Of(target), close), cancellationToken);
}
