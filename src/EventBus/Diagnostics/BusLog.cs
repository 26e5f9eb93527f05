using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages that belong to no layer. Event ids: 1-99 here, 100-199 transport, 200-299 rooms, 300-399 cluster, 400-499 hosting.</summary>
internal static partial class BusLog
{
    [LoggerMessage(1, LogLevel.Error, "The application's error handler threw.")]
    public static partial void ErrorHandlerThrew(this ILogger logger, Exception exception);
}
