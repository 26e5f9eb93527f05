using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the rooms layer: event ids 200-299.</summary>
internal static partial class RoomsLog
{
    [LoggerMessage(200, LogLevel.Warning,
        "The arguments of event '{EventName}' do not match its contract. The same error within a minute is only counted.")]
    public static partial void EventNotDecoded(this ILogger logger, Exception exception, string eventName);

    [LoggerMessage(201, LogLevel.Error, "The handler of {Handler} threw.")]
    public static partial void HandlerThrew(this ILogger logger, Exception exception, string handler);

    [LoggerMessage(202, LogLevel.Warning, "The queue of socket {SocketId} is full: its {Which} events are dropped until it has drained.")]
    public static partial void SocketQueueFull(this ILogger logger, string socketId, string which);

    [LoggerMessage(203, LogLevel.Information,
        "The queue of socket {SocketId} has drained; {Dropped} events were dropped, and receiving was paused for {Paused}.")]
    public static partial void SocketQueueDrained(this ILogger logger, string socketId, long dropped, TimeSpan paused);

    [LoggerMessage(204, LogLevel.Warning,
        "A subscriber to the room events of namespace {Namespace} is too slow: changes are dropped until the queued ones were raised.")]
    public static partial void RoomEventsFull(this ILogger logger, string @namespace);

    [LoggerMessage(205, LogLevel.Information, "The room events of namespace {Namespace} are raised again; {Dropped} changes were dropped.")]
    public static partial void RoomEventsRecovered(this ILogger logger, string @namespace, long dropped);

    [LoggerMessage(206, LogLevel.Debug, "A handler of socket {SocketId} ended early because the bus stops.")]
    public static partial void HandlerStopped(this ILogger logger, Exception exception, string socketId);

    [LoggerMessage(207, LogLevel.Information,
        "The queue of socket {SocketId} is full with {Waiting} events: receiving pauses until it has drained to half.")]
    public static partial void SocketQueueAwaited(this ILogger logger, string socketId, int waiting);

    [LoggerMessage(208, LogLevel.Error, "The bus does not wait any longer for handlers that do not return.")]
    public static partial void HandlersRunning(this ILogger logger, Exception exception);

    [LoggerMessage(209, LogLevel.Warning,
        "Socket {SocketId} was disconnected because its queue was full; {Dropped} events were dropped.")]
    public static partial void SocketDisconnected(this ILogger logger, string socketId, int dropped);

    [LoggerMessage(210, LogLevel.Warning, "The handler of {Handler} threw, and the dead-letter handler has taken the event.")]
    public static partial void HandlerFailureTaken(this ILogger logger, Exception exception, string handler);

    [LoggerMessage(211, LogLevel.Information,
        "An event '{EventName}' reached sockets in namespace '{Namespace}', but none of their contracts has an event of this name. "
        + "It is not logged again.")]
    public static partial void EventUnknown(this ILogger logger, string eventName, string @namespace);
}
