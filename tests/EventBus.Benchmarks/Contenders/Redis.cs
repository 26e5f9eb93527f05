using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using StackExchange.Redis;

namespace EventBus.Benchmarks.Contenders;

/// <summary>PUBLISH by StackExchange.Redis. A posted event is sent without waiting for its reply.</summary>
internal sealed class RedisPublisher : IPublisher
{
    private static readonly RedisChannel Channel = RedisChannel.Literal(EventText.Channel);

    private readonly SlidingWindow _window = new(512);
    private ConnectionMultiplexer? _connection;
    private ISubscriber? _publisher;

    private ISubscriber Publisher => _publisher ?? throw new InvalidOperationException("It is not connected.");

    public async Task ConnectAsync()
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(Servers.Redis);
        _publisher = _connection.GetSubscriber();
    }

    public ValueTask PublishAsync(long sentAt, long number) =>
        new(Publisher.PublishAsync(Channel, EventText.ToBytes(sentAt, number)));

    public ValueTask PostAsync(long sentAt, long number)
    {
        var bytes = EventText.ToBytes(sentAt, number);
        if (_window.CountsLast())
            return _window.AwaitPreviousAsync(Publisher.PublishAsync(Channel, bytes));
        Publisher.Publish(Channel, bytes, CommandFlags.FireAndForget);
        return ValueTask.CompletedTask;
    }

    public async ValueTask FlushAsync()
    {
        await _window.FlushAsync();
        await Publisher.PingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }
}

/// <summary>SUBSCRIBE by StackExchange.Redis, with its queue that keeps the order.</summary>
internal sealed class RedisReceiver : IReceiver
{
    private ConnectionMultiplexer? _connection;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        _connection = await ConnectionMultiplexer.ConnectAsync(Servers.Redis);
        var queue = await _connection.GetSubscriber().SubscribeAsync(RedisChannel.Literal(EventText.Channel));
        queue.OnMessage(message =>
        {
            var (sentAt, number) = EventText.Read(((ReadOnlyMemory<byte>)message.Message).Span);
            arrivals.Add(sentAt, number);
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
    }
}
