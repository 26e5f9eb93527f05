using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Asks the nodes themselves: one answer of every node.</summary>
/// <param name="keep">Reads and keeps a node's answer; called by one thread at a time. What it throws makes it none, and the node one that has not answered.</param>
internal sealed class ServerSideRequest(Action<string, EncodedValue> keep) : PendingRequest
{
    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != MessageType.ServerSideEmitResponse)
            return false;
        HasSaidAll(message.Uid);
        keep(message.Uid, message.Ack);
        HasTold(message.Uid);
        return true;
    }
}
