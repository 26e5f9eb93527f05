using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>The ack of one socket for one event. If several handlers send one, only the first is sent. Thread-safe.</summary>
internal sealed class PendingAck(IAckReceiver receiver) : EventAck, IAckReceiver
{
    private bool _isSent;

    public bool IsOpen => !Volatile.Read(ref _isSent) && receiver.IsOpen;

    public override void Send(EventValue ack) => Acknowledge(new WritableValue(ack));

    public void Acknowledge<TAck>(in TAck ack)
        where TAck : struct, IWritable
    {
        if (Interlocked.Exchange(ref _isSent, true))
            return;
        try
        {
            receiver.Acknowledge(in ack);
        }
        catch
        {
            // Nothing was sent, so a smaller ack may follow.
            Volatile.Write(ref _isSent, false);
            throw;
        }
    }

    public void GiveUp()
    {
        if (!Interlocked.Exchange(ref _isSent, true))
            receiver.GiveUp();
    }
}
