using System.Threading.Channels;
using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using NATS.Client.Core;

namespace EventBus.Benchmarks.Contenders;

/// <summary>PUB by NATS.Net. Core NATS confirms no event; a reply to PING confirms all before it.</summary>
internal sealed class NatsPublisher : IPublisher
{
    private readonly NatsConnection _connection = new(new NatsOpts { Url = Servers.Nats });

    public async Task ConnectAsync() => await _connection.ConnectAsync();

    public ValueTask PublishAsync(long sentAt, long number) =>
        _connection.PublishAsync(EventText.Room, EventText.ToBytes(sentAt, number));

    public async ValueTask FlushAsync() => await _connection.PingAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}

/// <summary>SUB by NATS.Net, into pooled memory. If its queue is full it stops reading, instead of dropping events.</summary>
internal sealed class NatsReceiver : IReceiver
{
    private readonly NatsConnection _connection = new(
        new NatsOpts { Url = Servers.Nats, SubPendingChannelFullMode = BoundedChannelFullMode.Wait });

    private Task _reading = Task.CompletedTask;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        var subscription = await _connection.SubscribeCoreAsync<NatsMemoryOwner<byte>>(room);
        _reading = ReadAsync(subscription, arrivals);
        await _connection.PingAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _reading;
    }

    private static async Task ReadAsync(INatsSub<NatsMemoryOwner<byte>> subscription, Arrivals arrivals)
    {
        await foreach (var message in subscription.Msgs.ReadAllAsync())
        {
            using var data = message.Data;
            var (sentAt, number) = EventText.Read(data.Span);
            arrivals.Add(sentAt, number);
        }
    }
}
