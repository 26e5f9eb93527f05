using Microsoft.Extensions.Logging;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Makes a bus log to one <see cref="RecordingLogger"/>.</summary>
internal sealed class RecordingLoggerFactory(RecordingLogger logger) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => logger;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("There is one logger.");

    public void Dispose()
    {
    }
}
