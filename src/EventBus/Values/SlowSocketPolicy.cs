namespace EventBus;

/// <summary>What a node does if an event finds the queue of a socket full, because its handlers are too slow.</summary>
/// <remarks>
/// The queue is full if <see cref="EventBusOptions.SocketQueueEvents"/> events wait, and beyond them
/// <see cref="EventBusOptions.SocketOverflowBytes"/>. With every policy the events that are handled keep their order, and each dropped
/// event is counted. The first one is logged and passed to <see cref="EventBusOptions.ErrorHandler"/> as an
/// <see cref="EventsDroppedException"/>; the next is reported only after the queue has drained.
/// </remarks>
public enum SlowSocketPolicy
{
    /// <summary>
    /// The node pauses before it delivers the next received event, for at most <see cref="EventBusOptions.ReceivePauseTimeout"/> until the
    /// queue has drained. Afterwards the newest events of the socket are dropped. Events that this node emits never wait.
    /// </summary>
    WaitThenDropNewest = 0,

    /// <summary>The newest event is dropped at once. The node never waits for the socket.</summary>
    DropNewest = 1,

    /// <summary>The oldest waiting events are dropped, and the new one waits. The node never waits for the socket.</summary>
    DropOldest = 2,

    /// <summary>
    /// The socket is disconnected, and its waiting events are dropped. Its <see cref="LocalSocket.DisconnectReason"/> is
    /// <see cref="SocketDisconnectReason.QueueFull"/>. Server-side events, which have no socket, are handled as by
    /// <see cref="WaitThenDropNewest"/>.
    /// </summary>
    Disconnect = 3,
}

/// <summary>Why a socket was disconnected.</summary>
public enum SocketDisconnectReason
{
    /// <summary>It was disposed, its node left the namespace, or the bus was stopped.</summary>
    Disposed = 0,

    /// <summary>A node, this one included, has requested it.</summary>
    Requested = 1,

    /// <summary>Its queue was full, and its policy is <see cref="SlowSocketPolicy.Disconnect"/>.</summary>
    QueueFull = 2,
}
