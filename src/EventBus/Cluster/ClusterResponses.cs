using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Responds to the requests of other nodes of a bus namespace. Responses are posted, because the pump must not wait.</summary>
internal sealed class ClusterResponses(MessageEncoder encoder, ClusterOutbox outbox, BusDiagnostics diagnostics)
{
    /// <summary>Responds to a request for sockets. If they do not fit a message, a .NET node is given the reason.</summary>
    public void Sockets(ClusterMessage request, SocketSnapshot[] sockets, TokenBucket budget)
    {
        var failure = Respond(request.Uid, budget, () => encoder.FetchSocketsResponse(request.RequestId!, sockets));
        if (failure is not null && request.Key.Source is not null)
            Respond(request.Uid, budget, () => encoder.FetchSocketsFailure(request.RequestId!, failure));
    }

    /// <summary>Responds to a request for acks with the number of local sockets that received the event.</summary>
    public void ClientCount(ClusterMessage request, int sockets, TokenBucket budget) =>
        Respond(request.Uid, budget, () => encoder.BroadcastClientCount(request.RequestId!, sockets));

    /// <summary>Returns a receiver that responds with the acks of the local sockets.</summary>
    public IAckReceiver Acks(ClusterMessage request, TokenBucket budget) =>
        new RemoteAckReceiver(MessageType.BroadcastAck, request.RequestId!, encoder, outbox, budget);

    /// <summary>Returns the pending ack of a server-side event.</summary>
    public PendingAck ServerSideAck(ClusterMessage request, TokenBucket budget) =>
        new(new RemoteAckReceiver(MessageType.ServerSideEmitResponse, request.RequestId!, encoder, outbox, budget));

    // The response may be too large, or hold a value that cannot be written. The pump goes on. The reason is returned.
    private string? Respond(string uid, TokenBucket budget, Func<OutgoingMessage> response)
    {
        try
        {
            var message = response();
            budget.Charge(message.Size);
            outbox.TryRespond(message);
            return null;
        }
        catch (EventSerializationException exception)
        {
            diagnostics.Rejections.Request(exception, uid);
            return exception.Message;
        }
    }
}

/// <summary>Posts the acks of local sockets to the node that requested them. An ack that cannot be written fails its handler.</summary>
internal sealed class RemoteAckReceiver(
    MessageType type, string requestId, MessageEncoder encoder, ClusterOutbox outbox, TokenBucket budget)
    : IAckReceiver
{
    public bool IsOpen => false;

    // The wire has no message for this. The request ends with its timeout.
    public void GiveUp()
    {
    }

    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
    {
        var message = encoder.Ack(type, requestId, in ack);
        budget.Charge(message.Size);
        outbox.TryRespond(message);
    }
}

/// <summary>
/// Takes the acks of local sockets for a request of this node. They are encoded as for other nodes, so that all acks are read alike.
/// </summary>
internal sealed class LocalAckReceiver(AckRequest request, RequestTable requests, MessageEncoder encoder) : IAckReceiver
{
    public bool IsOpen => !request.HasEnded;

    public void GiveUp() => request.GiveUpLocal();

    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
    {
        using var message = encoder.BroadcastAck(request.Id, in ack);
        requests.TakeLocal(request, message.PacketData, encoder.Options.Uid);
    }
}
