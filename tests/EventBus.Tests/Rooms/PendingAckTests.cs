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

        Assert.Throws<EventSerializationException>(() => ack.Answer("too large"));
        ack.Answer("fits");
        ack.Answer("too late");

        Assert.Equal(2, asker.Answers);
    }

    /// <summary>Refuses the first answer.</summary>
    private sealed class PickyAsker : IAnswerReceiver
    {
        public int Answers { get; private set; }

        public void Answer<TAnswer>(in TAnswer answer)
            where TAnswer : struct, IWritable
        {
            if (++Answers == 1)
                throw new EventSerializationException("It is too large.");
        }
    }
}
