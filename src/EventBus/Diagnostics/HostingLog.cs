using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the hosting layer: event ids 400-499.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(400, LogLevel.Error, "The publisher could not be started as it should; it goes on trying to publish.")]
    public static partial void PublisherNotStarted(this ILogger logger, Exception exception);
}
