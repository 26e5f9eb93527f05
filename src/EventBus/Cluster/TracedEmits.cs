using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Cluster;

/// <summary>
/// Sends the events of an adapter, each in an activity of its own, while somebody listens to activities. The methods are here because
/// a lambda allocates for its method even if it is not reached.
/// </summary>
internal sealed class TracedEmits(ClusterAdapter adapter, BusTraces traces)
{
    /// <inheritdoc cref="ClusterAdapter.EmitAsync"/>
    public ValueTask EmitAsync<TPacket>(BroadcastTarget target, TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => traces.PublishAsync(adapter.Channel, packet.Labels, () => adapter.SendAsync(target, in packet, cancellationToken));

    /// <inheritdoc cref="ClusterAdapter.Post"/>
    public bool Post<TPacket>(BroadcastTarget target, TPacket packet)
        where TPacket : struct, IPacket
        => traces.Post(adapter.Channel, packet.Labels, () => adapter.PostOnce(target, in packet));

    /// <inheritdoc cref="ClusterAdapter.ServerSideEmitAsync"/>
    public ValueTask ServerSideEmitAsync<TPacket>(TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => traces.PublishAsync(adapter.Channel, packet.Labels, () => adapter.SendServerSideAsync(in packet, cancellationToken));

    /// <inheritdoc cref="ClusterAdapter.EmitWithAckAsync"/>
    public ValueTask<AckRequest> EmitWithAckAsync<TPacket>(
        BroadcastTarget target, TPacket packet, Action<EncodedValue> keep, TimeSpan timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => traces.PublishAsync(
            adapter.Channel, packet.Labels, () => adapter.RequestAcksAsync(target, packet, keep, timeout, cancellationToken));

    /// <inheritdoc cref="ClusterAdapter.ServerSideEmitWithAckAsync"/>
    public ValueTask<PendingRequest> ServerSideEmitWithAckAsync<TPacket>(
        TPacket packet, Action<string, EncodedValue> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => traces.PublishAsync(
            adapter.Channel, packet.Labels, () => adapter.RequestServerSideAcksAsync(packet, keep, timeout, cancellationToken));
}
