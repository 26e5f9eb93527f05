using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Contenders.Queues;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The contenders in .NET, by the names in which the director starts them.</summary>
internal static class Contender
{
    public static IReceiver CreateReceiver(string name) => name switch
    {
        "eventbus" => new EventBusReceiver(),
        "npgsql" => new NpgsqlReceiver(),
        "redis" => new RedisReceiver(),
        "nats" => new NatsReceiver(),
        "signalr" => new SignalRReceiver(),
        "rebus" => new RebusReceiver(),
        _ => throw new ArgumentException($"unknown: {name}"),
    };

    public static IPublisher CreatePublisher(string name, Load load) => name switch
    {
        "eventbus" => load.Bytes > 0 ? new PhotoPublisher(load.Bytes) : new EventBusSender(),
        "npgsql" => new NpgsqlPublisher(connections: Math.Max(10, load.Width)),
        "sockets" => new SocketPublisher(),
        "redis" => new RedisPublisher(),
        "nats" => new NatsPublisher(),
        "signalr" => new SignalRPublisher(),
        "rebus" => new RebusPublisher(),
        _ => throw new ArgumentException($"unknown: {name}"),
    };
}
