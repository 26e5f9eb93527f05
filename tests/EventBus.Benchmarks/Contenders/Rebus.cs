using EventBus.Benchmarks.Children;
using Rebus.Activation;
using Rebus.Bus;
using Rebus.Config;
using Rebus.Routing.TypeBased;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The small event as a message of a queue.</summary>
/// <param name="SentAt">The time of its emit.</param>
/// <param name="Number">Its number.</param>
/// <param name="Padding">Makes it as long as the event of the others.</param>
public sealed record QueuedEvent(long SentAt, long Number, string Padding)
{
    /// <summary>With it a message has about as many bytes as the event of the others.</summary>
    public static readonly string Filling = new('x', 100);
}

/// <summary>Counts the messages of a queue, which come on several threads at a time.</summary>
internal sealed class QueuedEventSink(Arrivals arrivals)
{
    private readonly Lock _lock = new();

    /// <summary>Counts one message.</summary>
    public void Add(QueuedEvent message)
    {
        lock (_lock)
            arrivals.Add(message.SentAt, message.Number);
    }
}

/// <summary>Sends to a queue of Rebus, which is a table of PostgreSQL.</summary>
internal sealed class RebusPublisher : IPublisher
{
    private IBus? _bus;

    private IBus Bus => _bus ?? throw new InvalidOperationException("It is not connected.");

    public Task ConnectAsync()
    {
        _bus = Configure.OneWayClient()
            .Logging(static log => log.None())
            .Transport(static transport => transport.UsePostgreSqlAsOneWayClient(Servers.Postgres, RebusReceiver.Table))
            .Routing(static routing => routing.TypeBased().Map<QueuedEvent>(RebusReceiver.Queue))
            .Start();
        return Task.CompletedTask;
    }

    public ValueTask PublishAsync(long sentAt, long number) =>
        new(Bus.Send(new QueuedEvent(sentAt, number, QueuedEvent.Filling)));

    public ValueTask DisposeAsync()
    {
        _bus?.Dispose();
        return ValueTask.CompletedTask;
    }
}

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
