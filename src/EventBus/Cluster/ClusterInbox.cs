using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// Routes the received messages of a bus namespace by their type: to the sockets, the peers, or the open requests. The pump calls it.
/// </summary>
internal sealed class ClusterInbox(
    ClusterOutbox outbox,
    LocalSockets sockets,
    ServerSideHandlers serverSide,
    Peers peers,
    RequestTable requests,
    ClusterResponses responses)
{
    public void Take(ClusterMessage message)
    {
        if (outbox.TakeOwn(message))
            return;
        if (message.Uid != MessageEncoderOptions.EmitterUid && message.Type != MessageType.AdapterClose)
            peers.Register(message.Uid);

        switch (message.Type)
        {
            case MessageType.InitialHeartbeat:
                responses.Beat();
                break;
            case MessageType.Broadcast when message.RequestId is not null:
                sockets.Deliver(message, responses);
                break;
            case MessageType.Broadcast:
                sockets.Deliver(message);
                break;
            case MessageType.SocketsJoin:
                sockets.Join(message);
                break;
            case MessageType.SocketsLeave:
                sockets.Leave(message);
                break;
            case MessageType.DisconnectSockets:
                sockets.Disconnect(message);
                break;
            case MessageType.FetchSockets:
                responses.Sockets(message, sockets.Describe(message.Options.Rooms, message.Options.Except));
                break;
            case MessageType.ServerSideEmit:
                serverSide.Deliver(message, responses.ServerSideAck(message));
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
}
