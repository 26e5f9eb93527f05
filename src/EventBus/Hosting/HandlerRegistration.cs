namespace EventBus.Hosting;

/// <summary>One receiver that the host adds when the bus has started.</summary>
internal sealed record HandlerRegistration(Func<IServiceProvider, IEventBus, CancellationToken, ValueTask<LocalSocket>> AddAsync);
