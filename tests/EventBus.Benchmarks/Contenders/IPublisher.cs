namespace EventBus.Benchmarks.Contenders;

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
