using EventBus.Hosting;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EventBus.Tests.Hosting;

/// <summary>A host with a bus in memory, beside a node of the same cluster that sends.</summary>
internal sealed class HostedBus : IAsyncDisposable
{
    private readonly IHost _host;

    private HostedBus(IHost host, InMemoryCluster cluster, IEventBus node, RecordingLogger logger)
    {
        _host = host;
        Cluster = cluster;
        Node = node;
        Logger = logger;
    }

    public InMemoryCluster Cluster { get; }

    /// <summary>Another member of the cluster.</summary>
    public IEventBus Node { get; }

    public RecordingLogger Logger { get; }

    public IServiceProvider Services => _host.Services;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<HostedBus> StartAsync(Action<EventBusBuilder> configure, Action<EventBusOptions>? options = null)
    {
        var cluster = new InMemoryCluster();
        var logger = new RecordingLogger();
        var host = Build(services => configure(services.AddEventBus(options).UseInMemory(cluster)), logger);
        var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        await host.StartAsync(Cancellation);
        return new HostedBus(host, cluster, node, logger);
    }

    public static IHost Build(Action<IServiceCollection> configure, RecordingLogger? logger = null, params (string, string)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        if (logger is not null)
            builder.Logging.AddProvider(new Provider(logger));
        configure(builder.Services);
        return builder.Build();
    }

    public T Get<T>()
        where T : notnull
        => Services.GetRequiredService<T>();

    public Task StopAsync() => _host.StopAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(Cancellation);
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Node.DisposeAsync();
    }

    private sealed class Provider(RecordingLogger logger) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Named(categoryName, logger);

        public void Dispose()
        {
        }
    }

    private sealed class Named(string category, RecordingLogger logger) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
            => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            logger.Log(logLevel, eventId, state, exception, (state, exception) => $"{category}: {formatter(state, exception)}");
    }

    /// <summary>A handler whose methods do nothing.</summary>
    internal class Silent : IGameEvents
    {
        public virtual void Score(string player, int points)
        {
        }

        public virtual ValueTask Say(string text) => ValueTask.CompletedTask;

        public Task Picture(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
    }
}
