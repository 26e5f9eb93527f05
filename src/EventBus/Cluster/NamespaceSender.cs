using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Cluster;

/// <summary>
/// The sender behind the operators of a node's bus namespace: finds the present membership for each call, across leaving and joining again.
/// </summary>
/// <param name="membership">The bus namespace.</param>
/// <param name="streamCapacity">How many acks of a stream may wait to be read.</param>
/// <param name="diagnostics">Counts dropped acks.</param>
internal sealed class NamespaceSender(MembershipHandle membership, int streamCapacity, BusDiagnostics diagnostics) : IEventRequester
{
    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => membership.Adapter.EmitAsync(target, in packet, cancellationToken);

    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => membership.Adapter.Post(target, in packet);

    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => membership.Adapter.ServerSideEmitAsync(in packet, cancellationToken);

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        membership.Adapter.SocketsJoinAsync(target, rooms, cancellationToken);

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken) =>
        membership.Adapter.SocketsLeaveAsync(target, rooms, cancellationToken);

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken) =>
        membership.Adapter.DisconnectSocketsAsync(target, close, cancellationToken);

    private async ValueTask<Acks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        BroadcastTarget target, TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var responses = new List<TAck>();
        var request = await RequestAsync(
            target, packet, ack => responses.Add(readAck(ack)), timeout, cancellationToken).ConfigureAwait(false);
        return new Acks<TAck>(responses, request.Expected, request.Missing, request.IsTimedOut, request.IsUncertain);
    }

    ValueTask<Acks<TAck>> IEventRequester.EmitWithAckAsync<TPacket, TAck>(
        in BroadcastTarget target,
        in TPacket packet,
        Func<EncodedValue, TAck> readAck,
        TimeSpan? timeout,
        CancellationToken cancellationToken) =>
        EmitWithAckAsync(target, packet, readAck, timeout, cancellationToken);

    public AckStream<TAck> StreamAcks<TPacket, TAck>(
        in BroadcastTarget target, in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout)
        where TPacket : struct, IPacket
    {
        var (to, data) = (target, packet);
        return new RequestedAckStream<TAck>(
            (keep, cancellationToken) => RequestAsync(to, data, ack => keep(readAck(ack)), timeout, cancellationToken),
            data.EventName,
            streamCapacity,
            diagnostics);
    }

    ValueTask<ServerSideAcks<TAck>> IEventRequester.ServerSideEmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken) =>
        ServerSideEmitWithAckAsync(packet, readAck, timeout, cancellationToken);

    public ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken) =>
        FetchAsync(target, timeout, cancellationToken);

    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => membership.Adapter.Measure(target, in packet);

    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => membership.Adapter.MeasureServerSide(in packet);

    public MeasuredEvent MeasureWithAck<TPacket>(in BroadcastTarget target, in TPacket packet, TimeSpan? timeout)
        where TPacket : struct, IPacket
        => membership.Adapter.MeasureWithAck(target, in packet, timeout);

    // Before a node has joined, it knows no peers: the acks of its own sockets would look complete.
    private ValueTask<ClusterAdapter> JoinAsync(in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ClusterAdapter>(cancellationToken);
        return target.Flags.Local ? ValueTask.FromResult(membership.Use()) : JoinInTimeAsync(cancellationToken);
    }

    // As long as an event waits to be published. If the node has joined, as nearly always, it does not wait.
    private async ValueTask<ClusterAdapter> JoinInTimeAsync(CancellationToken cancellationToken)
    {
        var joining = membership.JoinAsync(cancellationToken);
        if (joining.IsCompleted)
            return await joining.ConfigureAwait(false);
        var limit = membership.Adapter.PublishTimeout;
        try
        {
            return await joining.AsTask().WaitAsync(limit, membership.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            var cause = membership.HasStarted
                ? $"the bus has not joined the namespace '{membership.Name}' yet."
                : "the bus has not started. It starts with the host: emit after that, for example in a hosted service.";
            throw new EventNotSentException($"The event was not sent within {limit.TotalSeconds} s: {cause}", exception);
        }
    }

    // If the node has joined, as nearly always, this does not wait: the event has its place in the order when the call returns.
    private async ValueTask<AckRequest> RequestAsync<TPacket>(
        BroadcastTarget target, TPacket packet, Action<EncodedValue> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        return await adapter.EmitWithAckAsync(
            target, packet, keep, timeout ?? adapter.RequestsTimeout, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ServerSideAcks<TAck>> ServerSideEmitWithAckAsync<TPacket, TAck>(
        TPacket packet, Func<EncodedValue, TAck> readAck, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        cancellationToken.ThrowIfCancellationRequested();
        var adapter = await JoinInTimeAsync(cancellationToken).ConfigureAwait(false);
        var responses = new List<ServerSideAck<TAck>>();
        var request = await adapter.ServerSideEmitWithAckAsync(
            packet,
            (uid, ack) => responses.Add(new ServerSideAck<TAck>(uid, readAck(ack))),
            timeout,
            cancellationToken).ConfigureAwait(false);
        return new ServerSideAcks<TAck>(responses, request.Missing, request.IsTimedOut, request.IsUncertain);
    }

    private async ValueTask<FetchedSockets> FetchAsync(BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var (sockets, request) = await adapter.FetchSocketsAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets(
            [.. sockets.Select(socket => new RemoteSocket(this, socket.Id, socket.Handshake, socket.Rooms, socket.Data))],
            request.Missing,
            request.Failures,
            request.IsUncertain);
    }
}
