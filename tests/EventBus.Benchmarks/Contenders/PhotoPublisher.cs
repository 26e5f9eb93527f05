using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A publisher of EventBus with default options, which sends attachments.</summary>
internal sealed class PhotoPublisher : IPublisher
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private readonly EventBusPublisher _publisher;
    private readonly PublisherOperator<IBenchmarkEvents> _room;
    private readonly byte[] _bytes;

    public PhotoPublisher(int bytes)
    {
        _publisher = EventBusPublisher.Create(_dataSource, EventBusSettings.Create());
        _room = _publisher.Emitter<IBenchmarkEvents>().To(EventText.Room);
        _bytes = new byte[bytes];
        new Random(1).NextBytes(_bytes); // PostgreSQL cannot compress them.
    }

    public Task ConnectAsync() => Task.CompletedTask;

    public ValueTask PublishAsync(long sentAt, long number) => _room.Photo(sentAt, number, _bytes);

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}
