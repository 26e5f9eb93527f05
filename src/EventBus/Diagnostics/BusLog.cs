using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>
/// Log messages of the bus as a whole (event ids 1-99) and of hosting (400-499). The layers have classes of their own: transport 100-199,
/// rooms 200-299, cluster 300-399.
/// </summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Error, "The application's error handler threw.")]
    public static partial void ErrorHandlerThrew(this ILogger logger, Exception exception);

    [LoggerMessage(EventId = 2, Message = "The bus has no database yet, and tries until it is connected. Attempt {Attempt}: {Reason}")]
    public static partial void StartsDegraded(this ILogger logger, LogLevel level, int attempt, string reason, Exception exception);

    [LoggerMessage(EventId = 400, Message = "The publisher did not start, and tries until it is connected. Attempt {Attempt}: {Reason}")]
    public static partial void PublisherNotStarted(this ILogger logger, LogLevel level, int attempt, string reason, Exception exception);

    [LoggerMessage(401, LogLevel.Error, "A handler of the host could not be added to the bus yet.")]
    public static partial void ReceiverNotAdded(this ILogger logger, Exception exception);
}
