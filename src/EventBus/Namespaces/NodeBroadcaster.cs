using EventBus.Cluster;

namespace EventBus.Namespaces;

/// <summary>What the operators of a node's bus namespace send and ask through.</summary>
internal sealed class NodeBroadcaster(ClusterAdapter adapter, Func<CancellationToken, ValueTask> join) : Broadcaster(adapter), INodeBroadcaster
{
    public ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Check(timeout);
        return FetchAsync(target, timeout, cancellationToken);
    }

    // A question travels with its time in milliseconds.
    private static void Check(TimeSpan? timeout)
    {
        if (timeout is { } time && (time <= TimeSpan.Zero || time.TotalMilliseconds > int.MaxValue))
            throw new ArgumentOutOfRangeException(nameof(timeout), time, $"A question waits longer than zero and at most {int.MaxValue} milliseconds.");
    }

    // Before this node is a member it knows of no other, and would take its own answer for all.
    private ValueTask JoinAsync(in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        return target.Flags.Local ? ValueTask.CompletedTask : join(cancellationToken);
    }

    private async ValueTask<FetchedSockets> FetchAsync(BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var (sockets, missing) = await adapter.FetchSocketsAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets([.. sockets.Select(socket => new RemoteSocket(this, socket.Id, socket.Handshake, socket.Rooms, socket.Data))], missing);
    }
}
