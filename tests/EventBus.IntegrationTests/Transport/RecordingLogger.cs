using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Records log entries, and waits for an entry with an event id.</summary>
internal sealed class RecordingLogger : ILogger
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly List<(int Id, string Text, TaskCompletionSource Logged)> _waiting = [];

    public ConcurrentQueue<(int Id, LogLevel Level, string Message)> Entries { get; } = new();

    /// <summary>Whether logging throws.</summary>
    public bool Throws { get; set; }

    /// <summary>Completes when an entry with this event id, and with a text in its message, has been logged.</summary>
    public Task UntilAsync(int id, string text = "")
    {
        var logged = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (Entries.Any(entry => entry.Id == id && entry.Message.Contains(text, StringComparison.Ordinal)))
                return Task.CompletedTask;
            _waiting.Add((id, text, logged));
        }

        return logged.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (Throws)
            throw new InvalidOperationException("thrown by the logger");
        lock (_lock)
        {
            var message = formatter(state, exception) + exception?.Message;
            Entries.Enqueue((eventId.Id, logLevel, message));
            foreach (var (id, text, logged) in _waiting)
            {
                if (id == eventId.Id && message.Contains(text, StringComparison.Ordinal))
                    logged.TrySetResult();
            }
        }
    }
}
