namespace EventBus.Rooms;

/// <summary>The one answer that a receiver owes for an event: of several handlers' answers the first counts. Thread-safe.</summary>
internal sealed class PendingAck(Action<EventValue> answered)
{
    private bool _isAnswered;

    public void Answer(EventValue answer)
    {
        if (!Interlocked.Exchange(ref _isAnswered, true))
            answered(answer);
    }
}
