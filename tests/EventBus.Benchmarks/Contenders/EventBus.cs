using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The options of EventBus: the defaults. Failures go to standard error, so that none stays unseen.</summary>
internal static class EventBusSettings
{
    public static EventBusOptions Create() => new()
    {
        ErrorHandler = static exception => Console.Error.WriteLine(exception.Message),
    };
}

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

/// <summary>A node of EventBus with default options and one socket.</summary>
internal sealed class EventBusReceiver : IReceiver
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private IEventBus? _bus;

    public long Lost => _bus?.Statistics.Lost ?? 0;

    public long Dropped => _bus?.Statistics.Dropped ?? 0;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        _bus = await EventBusNode.StartAsync(_dataSource, EventBusSettings.Create());
        await _bus.AddHandlerAsync<IBenchmarkEvents>(arrivals, [room]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}
