using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventBus.Tests.Testing;

/// <summary>Keeps the logged messages.</summary>
internal sealed class RecordingLogger : ILogger
{
    public ConcurrentQueue<(EventId Id, LogLevel Level, string Text, Exception? Exception)> Entries { get; } = new();

    /// <summary>Whether it throws instead.</summary>
    public bool Throws { get; set; }

    public int Count(int eventId) => Entries.Count(entry => entry.Id.Id == eventId);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
        => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Throws)
            throw new InvalidOperationException("thrown by the logger");
        Entries.Enqueue((eventId, logLevel, formatter(state, exception), exception));
    }
}
