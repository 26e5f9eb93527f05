using EventBus.CompilerServices;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>Another node as the asker: what a handler answers is posted to it. What cannot be written is the handler's failure.</summary>
internal sealed class RemoteAsker(MessageType answerType, string requestId, MessageEncoder encoder, ClusterOutbox outbox) : IAnswerReceiver
{
    public void Answer<TAnswer>(in TAnswer answer)
        where TAnswer : struct, IWritable
        => outbox.TryAnswer(encoder.Ack(answerType, requestId, in answer));
}
