using EventBus.CompilerServices;
using EventBus.Rooms;
using EventBus.Serialization;

namespace EventBus.Tests.Rooms;

public sealed class PendingAckTests
{
    [Fact]
    public void Send_after_a_failure_sends_the_first_ack_that_can_be_sent()
    {
        var receiver = new PickyReceiver();
        EventAck ack = new PendingAck(receiver);

        Assert.Throws<EventSerializationException>(() => ack.Send("too large"));
        ack.Send("fits");
        ack.Send("too late");

        Assert.Equal(2, receiver.Acks);
    }

    /// <summary>Rejects the first ack.</summary>
    private sealed class PickyReceiver : IAckReceiver
    {
        public int Acks { get; private set; }

        public bool IsOpen => true;

        public void GiveUp()
        {
        }

        public void Acknowledge<TAck>(in TAck ack)
            where TAck : struct, IWritable
        {
            if (++Acks == 1)
                throw new EventSerializationException("It is too large.");
        }
    }
}
