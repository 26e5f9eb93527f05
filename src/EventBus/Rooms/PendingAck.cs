using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>The one answer that a receiver owes for an event: of several handlers' answers the first counts. Thread-safe.</summary>
internal sealed class PendingAck(IAnswerReceiver asker) : EventAck, IAnswerReceiver
{
    private bool _isAnswered;

    public override void Answer(EventValue answer) => Answer(new WritableValue(answer));

    public void Answer<TAnswer>(in TAnswer answer)
        where TAnswer : struct, IWritable
    {
        if (Interlocked.Exchange(ref _isAnswered, true))
            return;
        try
        {
            asker.Answer(in answer);
        }
        catch
        {
            // It cannot be sent, so it was none: a smaller one may follow.
            Volatile.Write(ref _isAnswered, false);
            throw;
        }
    }
}
