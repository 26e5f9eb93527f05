using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventBus.Chaos.Children;

/// <summary>Counts log entries of the level information and above, by their id.</summary>
internal sealed class CountingLogger : ILoggerFactory, ILogger
{
    public ConcurrentDictionary<int, long> Entries { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Entries.AddOrUpdate(eventId.Id, 1, static (_, count) => count + 1);
    }

    public void Dispose()
    {
    }
}
