using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>What this node answers the other nodes of a bus namespace. An answer is posted: the pump waits for nothing.</summary>
internal sealed class ClusterAnswers(MessageEncoder encoder, ClusterOutbox outbox, SignsOfLife life, BusDiagnostics diagnostics)
{
    /// <summary>Answers an announcement, unless this node has said goodbye.</summary>
    public void Beat()
    {
        if (!life.IsOver)
            outbox.TryPost(life.Beat());
    }

    /// <summary>Answers who asks for sockets.</summary>
    public void Sockets(ClusterMessage question, SocketSnapshot[] sockets) =>
        Post(question.Uid, () => encoder.FetchSocketsResponse(question.RequestId!, sockets));

    /// <summary>Tells who asks sockets how many of them are here.</summary>
    public void ClientCount(ClusterMessage question, int sockets) =>
        Post(question.Uid, () => encoder.BroadcastClientCount(question.RequestId!, sockets));

    /// <summary>Passes the answer of each socket that has been asked on to who asks.</summary>
    public IAckReceiver Acks(ClusterMessage question) => new RemoteAsker(MessageType.BroadcastAck, question.RequestId!, encoder, outbox);

    /// <summary>The answer that this node owes for a server-side event; null where none is asked for.</summary>
    public PendingAck? ServerSideAck(ClusterMessage question) => question.RequestId is { } requestId
        ? new PendingAck(new RemoteAsker(MessageType.ServerSideEmitResponse, requestId, encoder, outbox))
        : null;

    // The pump must go on whatever the answer holds: it may be too large to be sent, or hold what cannot be written.
    private void Post(string asker, Func<OutgoingMessage> answer)
    {
        try
        {
            outbox.TryAnswer(answer());
        }
        catch (EventSerializationException exception)
        {
            diagnostics.Rejections.Request(exception, asker);
        }
    }
}
