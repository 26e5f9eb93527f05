using EventBus.CompilerServices;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Another node as the asker: what a handler answers is posted to it. What cannot be written is the handler's failure.</summary>
internal sealed class RemoteAsker(MessageType answerType, string requestId, MessageEncoder encoder, ClusterOutbox outbox) : IAckReceiver
{
    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
        => outbox.TryAnswer(encoder.Ack(answerType, requestId, in ack));
}
