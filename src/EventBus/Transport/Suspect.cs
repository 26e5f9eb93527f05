namespace EventBus.Transport;

/// <summary>
/// A backend that uses the numbers of a source, while it is open whether it is the source's: the source may have a new connection, or
/// somebody forges. Its events are delivered, but do not count yet.
/// </summary>
/// <param name="backend">The backend.</param>
/// <param name="last">The number of the last event before its first message.</param>
/// <param name="since">The timestamp of its first message.</param>
/// <param name="isOutOfOrder">Whether its numbers cannot follow those of the source, so that its messages are late.</param>
internal sealed class Suspect(Backend backend, long last, long since, bool isOutOfOrder)
{
    public Backend Backend { get; } = backend;

    public long Since { get; } = since;

    public bool IsOutOfOrder { get; } = isOutOfOrder;

    /// <summary>The number of its first event.</summary>
    public long First { get; } = last + 1;

    /// <summary>The number of its last event.</summary>
    public long Last { get; private set; } = last;

    /// <summary>The number of events that are missing between its own.</summary>
    public long Lost { get; private set; }

    /// <summary>The number of its events that were delivered.</summary>
    public long Received => Last - First + 1 - Lost;

    /// <summary>Whether the source has gone on meanwhile over its known connection.</summary>
    public bool IsContradicted { get; set; }

    /// <summary>Takes a message.</summary>
    /// <returns>False if it is out of order.</returns>
    public bool TryTake(long number, bool isEvent)
    {
        if (IsOutOfOrder)
        {
            Last = number;
            return false;
        }

        var missing = SourcePosition.Missing(Last, number, isEvent);
        if (missing is < 0 or > SequenceTracker.MaxGap)
            return false;
        Lost += missing;
        Last = number;
        return true;
    }
}
