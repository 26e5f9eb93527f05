using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>A request for sockets: one response of every node.</summary>
internal sealed class FetchRequest : PendingRequest
{
    private readonly List<SocketSnapshot> _sockets = [];

    /// <summary>The sockets of the nodes that responded. Read it after the end.</summary>
    public IReadOnlyList<SocketSnapshot> Sockets => _sockets;

    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != MessageType.FetchSocketsResponse)
            return false;
        _sockets.AddRange(message.Sockets);
        MarkResponded(message.Uid);
        StopAwaiting(message.Uid);
        return true;
    }
}
