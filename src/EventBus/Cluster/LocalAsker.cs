using EventBus.CompilerServices;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>This node as the asker of its own sockets: what they answer is encoded and decoded like the answers of all others, so that it does not depend on its way.</summary>
internal sealed class LocalAsker(AckRequest request, RequestTable requests, MessageEncoder encoder) : IAckReceiver
{
    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
    {
        using var message = encoder.BroadcastAck(request.Id, in ack);
        requests.AnswerHere(request, message.PacketData, encoder.Options.Uid);
    }
}
