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
