using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>The one answer that a receiver owes for an event: of several handlers' answers the first counts. Thread-safe.</summary>
internal sealed class PendingAck(IAckReceiver receiver) : EventAck, IAckReceiver
{
    private bool _isAnswered;

    public override void Send(EventValue ack) => Acknowledge(new WritableValue(ack));

    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
    {
        if (Interlocked.Exchange(ref _isAnswered, true))
            return;
        try
        {
            receiver.Acknowledge(in ack);
        }
        catch
        {
            // It cannot be sent, so it was none: a smaller one may follow.
            Volatile.Write(ref _isAnswered, false);
            throw;
        }
    }
}
