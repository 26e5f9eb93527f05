using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>The application's logger, whose own failures go to the error handler and never to whoever logs.</summary>
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
        catch (Exception exception) // Whatever the application throws must not stop the bus.
        {
            Report(exception);
            return false;
        }
    }

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
        }
        catch (Exception thrown) // See IsEnabled.
        {
            Report(thrown);
        }
    }

    /// <summary>Tells of something that the application threw, where its logger may be to blame.</summary>
    public void Report(Exception exception)
    {
        try
        {
            errorHandler?.Invoke(exception);
        }
        catch (Exception) // Neither of the application's two ears works: nobody is left to tell.
        {
        }
    }
}
