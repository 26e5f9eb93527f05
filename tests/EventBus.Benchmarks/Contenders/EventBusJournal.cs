using EventBus.Benchmarks.Events;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>A publisher of EventBus with default options, which sends the small event and writes it to the journal.</summary>
internal sealed class JournaledSender : IPublisher
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private readonly EventBusPublisher _publisher;
    private readonly PublisherOperator<IJournaledEvents> _room;

    public JournaledSender()
    {
        _publisher = EventBusPublisher.Create(_dataSource, EventBusSettings.Create());
        _room = _publisher.Emitter<IJournaledEvents>().To(EventText.Room);
    }

    public Task ConnectAsync() => Task.CompletedTask; // It connects with the first event.

    public ValueTask PublishAsync(long sentAt, long number) => _room.Ping(sentAt, number);

    /// <inheritdoc cref="EventBusSender.PostAsync"/>
    public ValueTask PostAsync(long sentAt, long number) =>
        _room.Post.Ping(sentAt, number) ? ValueTask.CompletedTask : _room.Ping(sentAt, number);

    public ValueTask FlushAsync() => _publisher.Emitter<IJournaledEvents>().To(EventBusSender.OtherRoom).Ping(0, -1);

    public async ValueTask DisposeAsync()
    {
        await _publisher.DisposeAsync();
        await _dataSource.DisposeAsync();
    }
}

/// <summary>
/// A publisher without a journal, beside one of the same process that posts journaled events as fast as it can: both need the lock of
/// NOTIFY.
/// </summary>
internal sealed class SenderBesideJournal : IPublisher
{
    private readonly EventBusSender _sender = new();
    private readonly JournaledSender _other = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task _posting = Task.CompletedTask;

    public Task ConnectAsync()
    {
        _posting = Task.Run(PostAsync);
        return _sender.ConnectAsync();
    }

    public ValueTask PublishAsync(long sentAt, long number) => _sender.PublishAsync(sentAt, number);

    public ValueTask PostAsync(long sentAt, long number) => _sender.PostAsync(sentAt, number);

    public ValueTask FlushAsync() => _sender.FlushAsync();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _posting;
        await _sender.DisposeAsync();
        await _other.DisposeAsync();
        _stopping.Dispose();
    }

    // The other publisher keeps a batch in its queue, but does not take the time of a processor.
    private async Task PostAsync()
    {
        const int Batch = 512;
        while (!_stopping.IsCancellationRequested)
        {
            for (var i = 1; i < Batch; i++)
                await _other.PostAsync(0, -1);
            await _other.PublishAsync(0, -1);
        }
    }
}
