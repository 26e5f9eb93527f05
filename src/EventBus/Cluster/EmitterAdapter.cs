using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One bus namespace of a publisher: only publishes, since a publisher has no sockets.</summary>
internal sealed class EmitterAdapter(MessageEncoder encoder, IPublishPipeline pipeline) : IEventSender
{
    /// <summary>The uid of every emitter. It is no node, and is never counted as one.</summary>
    public const string Uid = "emitter";

    private readonly MessageEncoder _transactionEncoder = WithinTransactions(encoder);

    /// <summary>
    /// Encodes as an emitter: the messages are no sign of life of a node. They are numbered like all others of their source.
    /// </summary>
    public static MessageEncoder WithoutNode(MessageEncoder encoder) => new(encoder.Options with { Uid = Uid });

    /// <summary>
    /// Encodes for a caller's transaction, as an emitter: the sending node, too, delivers the message when it is notified.
    /// </summary>
    public static MessageEncoder WithinTransactions(MessageEncoder encoder) => new(encoder.Options with { Uid = Uid, HasUniqueIds = true });

    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var message = Encode(target, in packet);
        return target.Transaction is { } transaction
            ? pipeline.PublishWithinAsync(transaction, message, cancellationToken)
            : pipeline.PublishAsync(message, cancellationToken);
    }

    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => pipeline.TryPost(Encode(target, in packet));

    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : pipeline.PublishAsync(encoder.ServerSideEmit(in packet), cancellationToken);

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : pipeline.PublishAsync(encoder.SocketsJoin(BroadcastOptions.Of(target), rooms), cancellationToken);

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : pipeline.PublishAsync(encoder.SocketsLeave(BroadcastOptions.Of(target), rooms), cancellationToken);

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled(cancellationToken)
            : pipeline.PublishAsync(encoder.DisconnectSockets(BroadcastOptions.Of(target), close), cancellationToken);

    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = Encode(target, in packet);
        return message.Measure();
    }

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = encoder.ServerSideEmit(in packet);
        return message.Measure();
    }

    private OutgoingMessage Encode<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => (target.Transaction is null ? encoder : _transactionEncoder).Broadcast(in packet, BroadcastOptions.Of(target));
}
