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

    [LoggerMessage(2, LogLevel.Error, "The bus starts without its database, and tries until it is connected.")]
    public static partial void StartsDegraded(this ILogger logger, Exception exception);

    [LoggerMessage(3, LogLevel.Debug, "The bus could not start yet: {Reason}")]
    public static partial void StartRepeated(this ILogger logger, string reason);

    [LoggerMessage(400, LogLevel.Error, "The publisher did not start properly; it goes on trying to publish.")]
    public static partial void PublisherNotStarted(this ILogger logger, Exception exception);

    [LoggerMessage(401, LogLevel.Error, "A handler of the host could not be added to the bus yet.")]
    public static partial void ReceiverNotAdded(this ILogger logger, Exception exception);
}
