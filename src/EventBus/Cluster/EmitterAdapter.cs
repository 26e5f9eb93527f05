using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One bus namespace of a publisher: only publishes, since a publisher has no sockets.</summary>
internal sealed class EmitterAdapter(MessageEncoder encoder, JournalScope scope, IPublishPipeline pipeline, BusDiagnostics diagnostics)
    : IEventSender
{
    private readonly MessageEncoder _transactionEncoder = encoder.WithinTransactions();

    private string Channel => encoder.Options.Channel;

    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return BusTraces.HasListeners
            ? EmitTracedAsync(target, packet, cancellationToken)
            : SendAsync(target, in packet, cancellationToken);
    }

    private ValueTask EmitTracedAsync<TPacket>(BroadcastTarget target, TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => diagnostics.Traces.PublishAsync(Channel, packet.Labels, () => SendAsync(target, in packet, cancellationToken));

    private ValueTask SendAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var message = Encode(target, in packet, Observe(in packet));
        return target.Transaction is { } transaction
            ? pipeline.PublishWithinAsync(transaction, message, cancellationToken)
            : pipeline.PublishAsync(message, cancellationToken);
    }

    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => BusTraces.HasListeners ? PostTraced(target, packet) : PostOnce(target, in packet);

    private bool PostTraced<TPacket>(BroadcastTarget target, TPacket packet)
        where TPacket : struct, IPacket
        => diagnostics.Traces.Post(Channel, packet.Labels, () => PostOnce(target, in packet));

    private bool PostOnce<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => pipeline.TryPost(Encode(target, in packet, Observe(in packet)));

    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return BusTraces.HasListeners
            ? ServerSideEmitTracedAsync(packet, cancellationToken)
            : SendServerSideAsync(in packet, cancellationToken);
    }

    private ValueTask ServerSideEmitTracedAsync<TPacket>(TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => diagnostics.Traces.PublishAsync(Channel, packet.Labels, () => SendServerSideAsync(in packet, cancellationToken));

    private ValueTask SendServerSideAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var journal = JournalMark.Of(in packet, scope);
        var message = encoder.ServerSideEmit(in packet, trace: Observe(in packet));
        message.Journal = journal;
        return pipeline.PublishAsync(message, cancellationToken);
    }

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
        using var message = Encode(target, in packet, trace: null);
        return message.Measure();
    }

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = encoder.ServerSideEmit(in packet);
        return message.Measure();
    }

    private OutgoingMessage Encode<TPacket>(in BroadcastTarget target, in TPacket packet, SentTrace? trace)
        where TPacket : struct, IPacket
    {
        var journal = JournalMark.Of(in packet, scope); // Before there is a message to dispose: a key that cannot be written throws.
        var encoding = target.Transaction is null ? encoder : _transactionEncoder;
        var message = encoding.Broadcast(in packet, BroadcastOptions.Of(target), trace: trace);
        message.Journal = journal;
        return message;
    }

    private SentTrace? Observe<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => diagnostics.Observer.SeesSending ? diagnostics.Observer.Send(packet.Labels) : null;
}
