using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the rooms layer: event ids 200-299.</summary>
internal static partial class RoomsLog
{
    [LoggerMessage(200, LogLevel.Warning,
        "The arguments of event '{EventName}' do not match its contract. Further ones within a minute are only counted.")]
    public static partial void EventNotDecoded(this ILogger logger, Exception exception, string eventName);

    [LoggerMessage(201, LogLevel.Error, "A handler of socket {SocketId} threw.")]
    public static partial void HandlerThrew(this ILogger logger, Exception exception, string socketId);

    [LoggerMessage(202, LogLevel.Warning, "The queue of socket {SocketId} is full: the newest events are dropped until it is empty again.")]
    public static partial void SocketQueueFull(this ILogger logger, string socketId);

    [LoggerMessage(203, LogLevel.Information, "The queue of socket {SocketId} is empty again; {Dropped} events were dropped.")]
    public static partial void SocketQueueRecovered(this ILogger logger, string socketId, long dropped);

    [LoggerMessage(204, LogLevel.Warning,
        "A subscriber to the room events of namespace {Namespace} is too slow: changes are dropped until the queued ones were raised.")]
    public static partial void RoomEventsFull(this ILogger logger, string @namespace);

    [LoggerMessage(205, LogLevel.Information, "The room events of namespace {Namespace} are raised again; {Dropped} changes were dropped.")]
    public static partial void RoomEventsRecovered(this ILogger logger, string @namespace, long dropped);

    [LoggerMessage(206, LogLevel.Debug, "A handler of socket {SocketId} ended early because the bus stops.")]
    public static partial void HandlerStopped(this ILogger logger, Exception exception, string socketId);
}
