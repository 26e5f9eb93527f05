using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace EventBus.Idle;

/// <summary>Counts the log lines of an application that logs at Information, which is the default, by their category.</summary>
internal sealed class LineCounter : ILoggerFactory
{
    private readonly ConcurrentDictionary<string, int> _lines = new(StringComparer.Ordinal);

    public int Total => _lines.Values.Sum();

    /// <summary>The lines of Npgsql.</summary>
    public int Npgsql =>
        _lines.Where(static line => line.Key.StartsWith("Npgsql", StringComparison.Ordinal)).Sum(static line => line.Value);

    /// <summary>The lines of Npgsql for its commands.</summary>
    public int Commands => _lines.GetValueOrDefault("Npgsql.Command");

    public ILogger CreateLogger(string categoryName) => new Category(_lines, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It writes nothing.");

    public void Clear() => _lines.Clear();

    public void Dispose()
    {
    }

    private sealed class Category(ConcurrentDictionary<string, int> lines, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                lines.AddOrUpdate(name, 1, static (_, count) => count + 1);
        }
    }
}
