namespace EventBus;

/// <summary>What a bus or publisher has counted since its start. Read one by one without a lock, so neighbouring numbers may be an instant apart.</summary>
public readonly record struct EventBusStatistics
{
    /// <summary>Events that PostgreSQL committed.</summary>
    public long Published { get; init; }

    /// <summary>Events delivered to local sockets from other nodes: one per event and socket.</summary>
    public long Received { get; init; }

    /// <summary>Messages sent inside a notification.</summary>
    public long Inline { get; init; }

    /// <summary>Messages sent as an attachment.</summary>
    public long Attached { get; init; }

    /// <summary>Events of other sources that never arrived: the sum of all gaps and lost attachments.</summary>
    public long Lost { get; init; }

    /// <summary>Events dropped because a socket's queue or, for posts, the publish queue was full.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages that were malformed, or whose arguments no handler's contract could decode.</summary>
    public long Malformed { get; init; }

    /// <summary>How often the listening connection was restored.</summary>
    public long Reconnects { get; init; }
}
