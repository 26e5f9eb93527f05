namespace EventBus.SampleContracts;

/// <summary>Events with parameters that the bus provides.</summary>
[BroadcastEvent]
public interface IProvidedEvents
{
    /// <summary>Has one provided parameter between the sent ones and one after them.</summary>
    /// <param name="user">The sender.</param>
    /// <param name="context">The origin of the event.</param>
    /// <param name="text">The text.</param>
    /// <param name="stop">Cancelled when the bus stops.</param>
    ValueTask Said(string user, EventContext context, string text = "hi", CancellationToken stop = default);

    /// <summary>Is acknowledged; the sent parameters have the names that emitted senders prefer.</summary>
    /// <param name="target">The context.</param>
    /// <param name="cancellationToken">Sent.</param>
    /// <param name="value">The token.</param>
    Task<int> Counted(EventContext target, int cancellationToken, CancellationToken value);

    /// <summary>Has no sent parameter.</summary>
    /// <param name="target">The token.</param>
    void Stopped(CancellationToken target);
}
