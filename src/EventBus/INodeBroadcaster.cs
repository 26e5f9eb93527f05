namespace EventBus;

/// <summary>What stands behind the operators of a node: it can ask, because it hears the answers.</summary>
internal interface INodeBroadcaster : ISocketBroadcaster
{
    /// <summary>Asks every node for the target's sockets.</summary>
    ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken);
}
