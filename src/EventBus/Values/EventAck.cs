namespace EventBus;

/// <summary>Whom a handler answers: whoever has emitted an event with acks. Thread-safe.</summary>
public abstract class EventAck
{
    private protected EventAck()
    {
    }

    /// <summary>Answers, now or after the handler has returned. Of several answers, and several handlers, of one socket the first counts; one that comes too late is ignored.</summary>
    /// <exception cref="EventSerializationException">The answer is too large.</exception>
    public abstract void Send(EventValue ack);
}
