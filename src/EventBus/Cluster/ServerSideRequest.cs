using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>A request for the acks of the nodes themselves: one of every node.</summary>
/// <param name="keep">
/// Reads and keeps the ack of a node; called by one thread at a time. If it throws, there is no ack, and the node counts as missing.
/// </param>
internal sealed class ServerSideRequest(Action<string, EncodedValue> keep) : PendingRequest
{
    protected override bool Take(ClusterMessage message)
    {
        if (message.Type != MessageType.ServerSideEmitResponse)
            return false;
        StopAwaiting(message.Uid);
        keep(message.Uid, message.Ack);
        MarkResponded(message.Uid);
        return true;
    }
}
