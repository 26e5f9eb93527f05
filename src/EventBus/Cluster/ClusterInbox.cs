using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// Routes the received messages of a bus namespace by their type: to the sockets, the peers, or the open requests. The pump calls it.
/// </summary>
/// <remarks>
/// Requests must be admitted. An event that requests acks is delivered in any case, without acks if they are not admitted.
/// </remarks>
internal sealed class ClusterInbox(
    ClusterOutbox outbox,
    LocalSockets sockets,
    ServerSideHandlers serverSide,
    Peers peers,
    RequestTable requests,
    Admission admission,
    Greetings greetings,
    ClusterResponses responses)
{
    public void Take(ClusterMessage message)
    {
        if (outbox.TakeOwn(message))
            return;
        if (message.Uid != MessageEncoderOptions.EmitterUid && message.Type != MessageType.AdapterClose)
            peers.Register(message.Uid, message.Pid);

        switch (message.Type)
        {
            case MessageType.InitialHeartbeat:
                greetings.Respond(peers.Join(message.Uid, message.Key.Source));
                break;
            case MessageType.Heartbeat:
                peers.Join(message.Uid, message.Key.Source);
                break;
            case MessageType.Broadcast when message.RequestId is not null && admission.TryAdmit(message, out var budget):
                sockets.Deliver(message, responses, budget);
                break;
            case MessageType.Broadcast:
                sockets.Deliver(message);
                break;
            case MessageType.SocketsJoin when admission.TryAdmit(message, out _):
                sockets.Join(message);
                break;
            case MessageType.SocketsLeave when admission.TryAdmit(message, out _):
                sockets.Leave(message);
                break;
            case MessageType.DisconnectSockets when admission.TryAdmit(message, out _):
                sockets.Disconnect(message);
                break;
            case MessageType.FetchSockets when admission.TryAdmit(message, out var budget):
                responses.Sockets(message, sockets.Describe(message.Options.Rooms, message.Options.Except), budget);
                break;
            case MessageType.ServerSideEmit:
                serverSide.Deliver(message, ServerSideAck(message));
                break;
            case MessageType.FetchSocketsResponse
                or MessageType.ServerSideEmitResponse
                or MessageType.BroadcastClientCount
                or MessageType.BroadcastAck:
                requests.Take(message);
                break;
            case MessageType.AdapterClose:
                peers.Forget(message.Uid);
                break;
        }
    }

    private PendingAck? ServerSideAck(ClusterMessage message) =>
        message.RequestId is not null && admission.TryAdmit(message, out var budget) ? responses.ServerSideAck(message, budget) : null;
}
