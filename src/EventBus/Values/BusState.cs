namespace EventBus;

/// <summary>Whether a bus can listen and publish.</summary>
public enum BusState
{
    /// <summary>Not started yet.</summary>
    Created,

    /// <summary>Starting: checking the database, listening, waiting for the other nodes.</summary>
    Starting,

    /// <summary>Listening and able to publish.</summary>
    Connected,

    /// <summary>Listening or publishing was lost and is being restored. Delivery to sockets of this process goes on.</summary>
    Reconnecting,

    /// <summary>Stopping: publishing the queued events, accepting no more.</summary>
    Stopping,

    /// <summary>Stopped.</summary>
    Stopped,
}

/// <summary>
/// The counters of a bus or publisher since its start. They are read one by one without a lock, so two of them may be an instant apart.
/// </summary>
public readonly record struct EventBusStatistics
{
    /// <summary>Events that PostgreSQL committed.</summary>
    public long Published { get; init; }

    /// <summary>Events from other nodes that were delivered to sockets of this process: one per event and socket.</summary>
    public long Received { get; init; }

    /// <summary>Messages sent inside a notification.</summary>
    public long Inline { get; init; }

    /// <summary>Messages sent as an attachment.</summary>
    public long Attached { get; init; }

    /// <summary>Events of other sources that never arrived: the sum of all gaps and lost attachments.</summary>
    public long Lost { get; init; }

    /// <summary>Events dropped because the queue of a socket or, for posts, the publish queue was full.</summary>
    public long Dropped { get; init; }

    /// <summary>Messages that were malformed, or whose arguments no contract of a handler could decode.</summary>
    public long Malformed { get; init; }

    /// <summary>How often the listening connection was restored.</summary>
    public long Reconnects { get; init; }

    /// <summary>Connections that do not respond and are being closed in the background, at this moment.</summary>
    public long ClosingConnections { get; init; }

    /// <summary>Messages with this node's uid that it did not send: two nodes have the same uid, or a message is forged.</summary>
    public long UidConflicts { get; init; }

    /// <summary>Whether the last of these messages is at most a minute old. Nodes with the same uid ignore each other.</summary>
    public bool HasUidConflict { get; init; }

    /// <summary>
    /// Handlers that are gone: added by <see cref="IEventBus.AddHandlerAsync{TContract}"/> or by the host, disconnected by a request of a
    /// node or because their queue was full, and not added again.
    /// </summary>
    public long DisconnectedHandlers { get; init; }

    /// <summary>Attempts to remove old attachments that failed, by this node.</summary>
    public long FailedSweeps { get; init; }

    /// <summary>
    /// Whether PostgreSQL rejects the removal of old attachments by this node, for a lasting cause or three times in a row, so that the
    /// table can grow. It is false again when a removal succeeds.
    /// </summary>
    public bool IsSweepRejected { get; init; }
}
