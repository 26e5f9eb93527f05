using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>A request for one response of every node: its sockets, or its ack of a server-side event.</summary>
/// <param name="responseType">The type of the responses.</param>
/// <param name="keep">
/// Reads and keeps a response; called by one thread at a time. If it throws, there is no response, and the node counts as missing.
/// </param>
internal sealed class NodeRequest(MessageType responseType, Action<ClusterMessage> keep) : PendingRequest
{
    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != responseType)
            return false;
        StopAwaiting(message.Uid);
        keep(message);
        MarkResponded(message.Uid);
        return true;
    }
}
