using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One bus namespace of a publisher: only publishes, since a publisher has no sockets.</summary>
internal sealed class EmitterAdapter(MessageEncoder encoder, IPublishPipeline pipeline) : IEventSender
{
    private readonly MessageEncoder _transactionEncoder = encoder.WithinTransactions();

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
