using EventBus.CompilerServices;
using EventBus.Rooms;
using EventBus.Serialization;

namespace EventBus.Tests.Rooms;

public sealed class PendingAckTests
{
    [Fact]
    public void An_answer_that_cannot_be_sent_is_none_and_of_the_others_the_first_counts()
    {
        var asker = new PickyAsker();
        EventAck ack = new PendingAck(asker);

        Assert.Throws<EventSerializationException>(() => ack.Send("too large"));
        ack.Send("fits");
        ack.Send("too late");

        Assert.Equal(2, asker.Answers);
    }

    /// <summary>Refuses the first answer.</summary>
    private sealed class PickyAsker : IAckReceiver
    {
        public int Answers { get; private set; }

        public void Acknowledge<TAck>(in TAck ack)
            where TAck : struct, IWritable
        {
            if (++Answers == 1)
                throw new EventSerializationException("It is too large.");
        }
    }
}
