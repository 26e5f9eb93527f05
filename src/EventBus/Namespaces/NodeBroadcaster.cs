using System.Text;
using EventBus.Cluster;
using EventBus.Wire;

namespace EventBus.Namespaces;

/// <summary>What the operators of a node's bus namespace send and ask through.</summary>
internal sealed class NodeBroadcaster(MembershipHandle membership) : Broadcaster, INodeBroadcaster
{
    protected override IAdapter Adapter => membership.Adapter;

    public ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Check(timeout);
        return FetchAsync(target, timeout, cancellationToken);
    }

    public ValueTask<BroadcastAcks> EmitWithAckAsync(
        in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Check(eventName);
        Check(timeout);
        return EmitWithAckAsync(target, eventName, arguments, timeout ?? membership.Adapter.RequestsTimeout, cancellationToken);
    }

    /// <summary>Asks every other node by a server-side event.</summary>
    public ValueTask<ServerSideAnswers> ServerSideEmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        CheckServerSide(eventName);
        Check(timeout);
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ServerSideAnswers>(cancellationToken);
        return ServerSideAskAsync(eventName, arguments, timeout, cancellationToken);
    }

    // A question travels with its time in milliseconds.
    private static void Check(TimeSpan? timeout)
    {
        if (timeout is { } time && (time <= TimeSpan.Zero || time.TotalMilliseconds > int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(timeout), time, $"A question waits longer than zero and at most {int.MaxValue} milliseconds.");
    }

    // Before this node is a member it knows of no other, and would take its own answer for all.
    private ValueTask<ClusterAdapter> JoinAsync(in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ClusterAdapter>(cancellationToken);
        return target.Flags.Local ? ValueTask.FromResult(membership.Use()) : membership.JoinAsync(cancellationToken);
    }

    private async ValueTask<BroadcastAcks> EmitWithAckAsync(
        BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        // Joined, as nearly always, this does not wait, and the event has its place in the order when the call returns.
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var request = await adapter.BroadcastWithAckAsync(
            socketsHere => new AckRequest(socketsHere, target.Flags.ExpectSingleResponse),
            requestId => adapter.Encoder.Broadcast(new UntypedPacketData(eventName, arguments), BroadcastOptions.Of(target, timeout), requestId),
            Encoding.UTF8.GetBytes(eventName),
            target,
            timeout,
            cancellationToken).ConfigureAwait(false);
        return new BroadcastAcks(request.Responses, request.Expected, request.Missing, request.IsTimedOut);
    }

    private async ValueTask<ServerSideAnswers> ServerSideAskAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        // Joined, as nearly always, this does not wait, and the arguments are encoded when the call returns.
        var adapter = await membership.JoinAsync(cancellationToken).ConfigureAwait(false);
        var request = new ServerSideRequest();
        var message = adapter.Encoder.ServerSideEmit(new UntypedPacketData(eventName, arguments), request.Id);
        await adapter.ServerSideAskAsync(request, message, timeout, cancellationToken).ConfigureAwait(false);
        return new ServerSideAnswers(request.Answers, request.Missing);
    }

    private async ValueTask<FetchedSockets> FetchAsync(BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var (sockets, missing) = await adapter.FetchSocketsAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets([.. sockets.Select(socket => new RemoteSocket(this, socket.Id, socket.Handshake, socket.Rooms, socket.Data))], missing);
    }
}
