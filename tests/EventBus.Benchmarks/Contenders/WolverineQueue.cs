using EventBus.Benchmarks.Children;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wolverine;
using Wolverine.Postgresql;
using Wolverine.Runtime;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A host of Wolverine whose queue is a table of PostgreSQL.</summary>
internal static class WolverineHost
{
    public const string Schema = "wolverine";

    private const string Queue = "receiver";

    /// <param name="sink">Counts the messages; null if the host only sends.</param>
    public static async Task<IHost> StartAsync(QueuedEventSink? sink)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        QueuedEventHandler.Sink = sink;
        builder.UseWolverine(options =>
        {
            options.UseRuntimeCompilation();
            options.PersistMessagesWithPostgresql(Servers.Postgres, Schema)
                .EnableMessageTransport(static transport => transport.AutoProvision().EnableQueueNotifications());
            options.Discovery.DisableConventionalDiscovery();
            if (sink is null)
            {
                options.PublishMessage<QueuedEvent>().ToPostgresqlQueue(Queue);
                return;
            }

            options.Discovery.IncludeType<QueuedEventHandler>();
            // By default it polls every 5 s, and takes 20 messages at a time.
            options.ListenToPostgresqlQueue(Queue).MaximumMessagesToReceive(1000).PollingInterval(TimeSpan.FromMilliseconds(50));
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}

/// <summary>Counts the messages. Wolverine finds the method by its name, and generates code that calls it.</summary>
public sealed class QueuedEventHandler
{
    /// <summary>The sink of the process: the generated code can use public types only.</summary>
    internal static QueuedEventSink? Sink { get; set; }

    /// <summary>Counts one message.</summary>
    public static void Handle(QueuedEvent message) => Sink!.Add(message);
}

/// <summary>Sends to a queue of Wolverine.</summary>
internal sealed class WolverinePublisher : IPublisher
{
    private IHost? _host;
    private IWolverineRuntime? _runtime;

    public async Task ConnectAsync()
    {
        _host = await WolverineHost.StartAsync(sink: null);
        _runtime = _host.Services.GetRequiredService<IWolverineRuntime>();
    }

    public ValueTask PublishAsync(long sentAt, long number) =>
        new MessageBus(_runtime!).PublishAsync(new QueuedEvent(sentAt, number, QueuedEvent.Filling));

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
    }
}

/// <summary>Receives from a queue of Wolverine: each message goes to one receiver, at least once, and is polled from a table.</summary>
internal sealed class WolverineReceiver : IReceiver
{
    private IHost? _host;

    public async Task ListenAsync(Arrivals arrivals, string room) => _host = await WolverineHost.StartAsync(new QueuedEventSink(arrivals));

    public async ValueTask DisposeAsync()
    {
        if (_host is null)
            return;
        await _host.StopAsync();
        _host.Dispose();
    }
}
