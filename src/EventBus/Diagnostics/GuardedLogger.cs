using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>The application's logger. Its exceptions go to the error handler and never to the caller.</summary>
internal sealed class GuardedLogger(ILogger logger, Action<Exception>? errorHandler) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel)
    {
        try
        {
            return logger.IsEnabled(logLevel);
        }
        catch (Exception exception) // The application may throw anything; the bus goes on.
        {
            Report(exception);
            return false;
        }
    }

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception thrown) // As in IsEnabled.
        {
            Report(thrown);
        }
    }

    /// <summary>Reports an exception that the application's own code threw, without logging it: the logger may be the cause.</summary>
    public void Report(Exception exception)
    {
        try
        {
            errorHandler?.Invoke(exception);
        }
        catch (Exception) // Both the logger and the error handler threw: there is nothing left to report to.
        {
        }
    }
}
