using EventBus.Serialization;

namespace EventBus.Generators.Tests;

/// <summary>A sender that supports nothing; tests override the members that they use.</summary>
internal abstract class FakeSender : IEventRequester
{
    public virtual ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public virtual bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public virtual ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Acks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        in BroadcastTarget target, in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout,
        CancellationToken cancellationToken)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public AckStream<TAck> StreamAcks<TPacket, TAck>(
        in BroadcastTarget target, in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public ValueTask<ServerSideAcks<TAck>> ServerSideEmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket => throw new NotSupportedException();

    public MeasuredEvent MeasureWithAck<TPacket>(in BroadcastTarget target, in TPacket packet, TimeSpan? timeout)
        where TPacket : struct, IPacket => throw new NotSupportedException();
}
