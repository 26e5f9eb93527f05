using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks for sockets: one answer of every node.</summary>
internal sealed class FetchRequest : PendingRequest
{
    private readonly List<SocketSnapshot> _sockets = [];

    /// <summary>The sockets of the nodes that answered. Read once it has ended.</summary>
    public IReadOnlyList<SocketSnapshot> Sockets => _sockets;

    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != MessageType.FetchSocketsResponse)
            return false;
        _sockets.AddRange(message.Sockets);
        HasTold(message.Uid);
        HasSaidAll(message.Uid);
        return true;
    }
}
