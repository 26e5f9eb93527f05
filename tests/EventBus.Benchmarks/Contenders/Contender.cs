using EventBus.Benchmarks.Children;

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
        "wolverine" => new WolverineReceiver(),
        _ when FindSize(name) is { } size => new GrowthReceiver(size),
        _ => throw new ArgumentException($"unknown: {name}"),
    };

    public static IPublisher CreatePublisher(string name, Load load) => name switch
    {
        "eventbus-journal" => new JournaledSender(),
        "eventbus-beside" => new SenderBesideJournal(),
        "eventbus" => load.Bytes > 0 ? new PhotoPublisher(load.Bytes) : new EventBusSender(),
        "npgsql" => new NpgsqlPublisher(connections: Math.Max(10, load.Width)),
        "sockets" => new SocketPublisher(),
        "redis" => new RedisPublisher(),
        "nats" => new NatsPublisher(),
        "signalr" => new SignalRPublisher(),
        "rebus" => new RebusPublisher(),
        "wolverine" => new WolverinePublisher(),
        _ when FindSize(name) is { } size => new GrowthPublisher(size),
        _ => throw new ArgumentException($"unknown: {name}"),
    };

    /// <returns>The size of the cluster in a name such as <c>eventbus:1,20,1,1,0</c>; null if it has none.</returns>
    private static ClusterSize? FindSize(string name) => name.Split(':') is ["eventbus", var size] ? ClusterSize.Parse(size) : null;
}

/// <summary>The publishing side of a contender.</summary>
internal interface IPublisher : IAsyncDisposable
{
    Task ConnectAsync();

    /// <summary>Publishes an event, and completes when the contender confirms it. Thread-safe.</summary>
    ValueTask PublishAsync(long sentAt, long number);

    /// <summary>
    /// Publishes an event in the fastest way that the contender has, and completes when there is place for the next one. One at a time.
    /// </summary>
    ValueTask PostAsync(long sentAt, long number) => PublishAsync(sentAt, number);

    /// <summary>
    /// Completes when all earlier events are published. If the contender has nodes outside of the room, they get one warm-up event.
    /// </summary>
    ValueTask FlushAsync() => ValueTask.CompletedTask;
}

/// <summary>The receiving side of a contender.</summary>
internal interface IReceiver : IAsyncDisposable
{
    /// <summary>The losses that the contender itself reports.</summary>
    long Lost => 0;

    /// <summary>The events that the contender dropped because a handler was slow.</summary>
    long Dropped => 0;

    /// <summary>Completes when every later event of the room is received.</summary>
    Task ListenAsync(Arrivals arrivals, string room);
}
