namespace EventBus.SampleContracts;

/// <summary>Events with parameters that the bus provides.</summary>
[BroadcastEvent]
public interface IProvidedEvents
{
    /// <summary>One between those that are sent, and one after them.</summary>
    /// <param name="user">Who.</param>
    /// <param name="context">Where it came from.</param>
    /// <param name="text">What.</param>
    /// <param name="stop">Cancelled when the bus stops.</param>
    ValueTask Said(string user, EventContext context, string text = "hi", CancellationToken stop = default);

    /// <summary>Is answered; what is sent has the names that senders would choose.</summary>
    /// <param name="target">The context.</param>
    /// <param name="cancellationToken">Sent.</param>
    /// <param name="value">The token.</param>
    Task<int> Counted(EventContext target, int cancellationToken, CancellationToken value);

    /// <summary>Has nothing that is sent.</summary>
    /// <param name="target">The token.</param>
    void Stopped(CancellationToken target);
}
