namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Events, and the collections that they are pending in: deleted entities are not tracked any more when their events are forgotten.
/// </summary>
internal sealed record SentEvents(IReadOnlyList<RaisedEvent> Events, IReadOnlyList<RaisedEvents> Sources)
{
    public static SentEvents None { get; } = new([], []);

    /// <summary>The events are not pending any more.</summary>
    public void Forget()
    {
        if (Events.Count == 0)
            return;
        var events = Events.ToHashSet();
        foreach (var source in Sources)
            source.Remove(events);
    }
}
