using Rebus.Bus;
using Rebus.Config;
using Rebus.Routing.TypeBased;

namespace EventBus.Benchmarks.Contenders.Queues;

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
