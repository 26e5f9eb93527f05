using EventBus.Benchmarks.Children;
using Rebus.Activation;
using Rebus.Config;

namespace EventBus.Benchmarks.Contenders.Queues;

/// <summary>Receives from a queue of Rebus: each message goes to one receiver, at least once, and is polled from a table.</summary>
internal sealed class RebusReceiver : IReceiver
{
    public const string Table = "rebus_messages";
    public const string Queue = "receiver";

    private readonly BuiltinHandlerActivator _activator = new();

    public Task ListenAsync(Arrivals arrivals, string room)
    {
        var sink = new QueuedEventSink(arrivals);
        _activator.Handle<QueuedEvent>(message =>
        {
            sink.Add(message);
            return Task.CompletedTask;
        });
        Configure.With(_activator)
            .Logging(static log => log.None())
            .Transport(static transport => transport.UsePostgreSql(Servers.Postgres, Table, Queue))
            .Options(static options =>
            {
                options.SetNumberOfWorkers(2);
                options.SetMaxParallelism(64);
            })
            .Start();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _activator.Dispose();
        return ValueTask.CompletedTask;
    }
}
