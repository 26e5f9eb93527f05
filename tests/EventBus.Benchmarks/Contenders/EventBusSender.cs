using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A publisher of EventBus with default options, which sends the small event.</summary>
internal sealed class EventBusSender : IPublisher
{
    /// <summary>The room of nodes that get nothing but the event behind the others.</summary>
    public const string OtherRoom = "elsewhere";

    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private readonly EventBusPublisher _publisher;
    private readonly PublisherOperator<IBenchmarkEvents> _room;

    public EventBusSender()
    {
        _publisher = EventBusPublisher.Create(_dataSource, EventBusSettings.Create());
        _room = _publisher.Emitter<IBenchmarkEvents>().To(EventText.Room);
    }

    public Task ConnectAsync() => Task.CompletedTask; // It connects with the first event.

    public ValueTask PublishAsync(long sentAt, long number) => _room.Ping(sentAt, number);

    /// <summary>If the queue is full, awaits one event: then there is place.</summary>
    public ValueTask PostAsync(long sentAt, long number) =>
        _room.Post.Ping(sentAt, number) ? ValueTask.CompletedTask : _room.Ping(sentAt, number);

    /// <summary>The events of a publisher are in order: a node that has this one has seen all others.</summary>
    public ValueTask FlushAsync() => _publisher.Emitter<IBenchmarkEvents>().To(OtherRoom).Ping(0, -1);

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}
