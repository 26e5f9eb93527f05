namespace EventBus;

/// <summary>Which events a node or publisher writes to the journal.</summary>
public enum JournalScope
{
    /// <summary>Events with <see cref="JournaledAttribute"/>, on the event or its contract.</summary>
    Marked = 0,

    /// <summary>
    /// All events that are sent to others, those of <see cref="IUntypedEvents"/> included. Events with acks and <c>Local</c> events are not
    /// written. An event without <see cref="JournaledAttribute"/> has no partition key.
    /// </summary>
    All = 1,
}
