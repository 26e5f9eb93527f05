using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using StackExchange.Redis;

namespace EventBus.Benchmarks.Contenders;

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
