namespace EventBus;

/// <summary>
/// The base of every failure that EventBus itself reports. Wrong arguments throw <see cref="ArgumentException"/>, cancellation always
/// throws <see cref="OperationCanceledException"/>.
/// </summary>
public abstract class EventBusException : Exception
{
    private protected EventBusException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the same call may succeed later.</summary>
    public virtual bool IsTransient => false;
}

/// <summary>
/// The bus can't start on this data source. The message names the cause (a pooler in transaction mode, a standby, a missing privilege, …)
/// and the remedy. Also thrown if a socket is to join a bus that nothing starts.
/// </summary>
public sealed class EventBusStartException(string message, Exception? innerException = null, bool isTransient = false)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}

/// <summary>The bus, publisher or socket was closed before the operation or during its wait.</summary>
public sealed class EventBusClosedException(string message) : EventBusException(message);

/// <summary>
/// The event did not leave this process: no other node will ever receive it. Sockets of this process may have it already, and would receive
/// it twice if you emit it again. Nobody has an event that was sent within a transaction.
/// </summary>
public sealed class EventNotSentException(string message, Exception? innerException = null, bool isTransient = true)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}

/// <summary>
/// The connection was lost while PostgreSQL was publishing the event, so it is unknown if other nodes receive it. If you emit it again,
/// other nodes may receive it twice, and sockets of this process, which have it already, receive it twice.
/// </summary>
public sealed class EventOutcomeUnknownException(string message, Exception? innerException = null)
    : EventBusException(message, innerException);

/// <summary>
/// A socket's queue is full, and events are dropped until it has drained, or the socket was disconnected: see
/// <see cref="SlowSocketPolicy"/>. Passed to <see cref="EventBusOptions.ErrorHandler"/> once per episode, with the first of them.
/// </summary>
public sealed class EventsDroppedException(string message) : EventBusException(message);

/// <summary>
/// Handlers were still running when the time to wait for them was over. The message names their sockets and events. Passed to
/// <see cref="EventBusOptions.ErrorHandler"/> if you stop the bus, leave a namespace or dispose a socket.
/// </summary>
public sealed class HandlersRunningException(string message) : EventBusException(message);

/// <summary>
/// The settings of nodes contradict each other: two have the same uid, or they probably use other attachment tables. Passed to
/// <see cref="EventBusOptions.ErrorHandler"/> once per episode.
/// </summary>
public sealed class ClusterConflictException(string message) : EventBusException(message);

/// <summary>
/// PostgreSQL rejects the removal of old attachments, so their table grows. The message names the cause. Passed to
/// <see cref="EventBusOptions.ErrorHandler"/> once, until a removal succeeds.
/// </summary>
public sealed class AttachmentsNotRemovedException(string message, Exception? innerException = null)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}

/// <summary>
/// The listening connection responds, but receives no notifications: a pooler has changed to transaction mode, or the address leads to
/// another server by now. Passed to <see cref="EventBusOptions.ErrorHandler"/>; the bus reconnects until notifications arrive.
/// </summary>
public sealed class NotificationsMissingException(string message) : EventBusException(message)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}

/// <summary>
/// The journal can't be read: it does not exist, the role lacks a privilege, or the server can't be reached. The message names the cause
/// and the remedy.
/// </summary>
public sealed class JournalNotAvailableException(string message, Exception? innerException = null, bool isTransient = false)
    : EventBusException(message, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient { get; } = isTransient;
}

/// <summary>
/// Bytes can't be read as the expected value, or a value can't be written: it is malformed, too deep, too large, or of another type.
/// </summary>
public sealed class EventSerializationException(string message, int position = -1, Exception? innerException = null)
    : EventBusException(message, innerException)
{
    /// <summary>The offset of the offending byte in the message; -1 if there is none, as in all errors of writing.</summary>
    public int Position { get; } = position;

    /// <summary>The name on the wire of the event whose arguments or ack can't be read or written; null for other errors.</summary>
    public string? EventName { get; internal init; }

    /// <summary>
    /// The path to the value, as <c>order.lines[2].price</c>: the parameter, then names on the wire and indices. Null if no argument is
    /// the cause. It contains no values, and only those keys that look like names.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>Whether the length is the only error.</summary>
    internal bool IsOfLength { get; init; }

    /// <summary>Whether there is too much binary: then the other encoding fails as well.</summary>
    internal bool IsOfBinary
    {
        get => field || InnerException is EventSerializationException { IsOfBinary: true };
        init;
    }

    /// <summary>Whether a number has a form in JSON, but none in MessagePack.</summary>
    internal bool IsOfAttaching { get; init; }

    /// <summary>Whether an argument is missing.</summary>
    internal bool IsMissingArgument { get; init; }

    /// <summary>The member that is the cause, if <see cref="Position"/> is that of the object; else null.</summary>
    internal string? Member { get; init; }
}
