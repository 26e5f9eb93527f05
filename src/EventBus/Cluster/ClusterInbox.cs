using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Routes what comes in on a bus namespace by its type: to the sockets here, to the nodes that are known, or to the question it answers. Called by the pump.</summary>
internal sealed class ClusterInbox(
    string uid,
    string? source,
    RoomRegistry rooms,
    SocketRequests sockets,
    ServerSideHandlers serverSide,
    Peers peers,
    RequestTable requests,
    SignsOfLife life,
    ClusterAnswers answers,
    EventOrigins origins,
    BusDiagnostics diagnostics)
{
    public void Take(ClusterMessage message)
    {
        if (message.Uid == uid)
        {
            if (message.Key.Source != source)
                diagnostics.Rejections.Impostor(message.Namespace);
            else if (message.Type == MessageType.InitialHeartbeat)
                life.CameBack();
            return;
        }

        if (message.Uid != EmitterAdapter.Uid && message.Type != MessageType.AdapterClose)
            peers.Hear(message.Uid);

        switch (message.Type)
        {
            case MessageType.InitialHeartbeat:
                answers.Beat();
                break;
            case MessageType.Broadcast when message.RequestId is not null:
                DeliverWithAcks(message);
                break;
            case MessageType.Broadcast:
                Deliver(message);
                break;
            case MessageType.SocketsJoin:
                if (!sockets.TryJoin(message.Options.Rooms, message.Options.Except, message.Rooms))
                    diagnostics.Rejections.Join(message.Uid, rooms.Memberships, message.Namespace);
                break;
            case MessageType.SocketsLeave:
                sockets.Leave(message.Options.Rooms, message.Options.Except, message.Rooms);
                break;
            case MessageType.DisconnectSockets:
                sockets.Disconnect(message.Options.Rooms, message.Options.Except);
                break;
            case MessageType.FetchSockets:
                answers.Sockets(message, sockets.Describe(message.Options.Rooms, message.Options.Except));
                break;
            case MessageType.ServerSideEmit:
                serverSide.Deliver(message, answers.ServerSideAck(message));
                break;
            case MessageType.FetchSocketsResponse or MessageType.ServerSideEmitResponse or MessageType.BroadcastClientCount or MessageType.BroadcastAck:
                requests.Answer(message);
                break;
            case MessageType.AdapterClose:
                peers.Forget(message.Uid);
                break;
        }
    }

    private void Deliver(ClusterMessage message)
    {
        var receivers = rooms.Deliver(message.EventName.Span, message.PacketData, origins.Of(message), message.Options.Except);
        if (message.Key.Source != source)
            diagnostics.Received.Add(receivers);
    }

    // The count goes out before the first answer can.
    private void DeliverWithAcks(ClusterMessage message)
    {
        var asked = rooms.Find(message.Options.Rooms, message.Options.Except);
        answers.ClientCount(message, asked.Length);
        var receivers = rooms.Deliver(message.EventName.Span, message.PacketData, origins.Of(message), asked, answers.Acks(message));
        diagnostics.Received.Add(receivers);
    }
}
