namespace EventBus.CompilerServices;

/// <summary>The typed side of <see cref="IBroadcaster"/>; a bus namespace implements both.</summary>
internal interface IEventBroadcaster : IBroadcaster
{
    ValueTask EmitAsync<TContract, TEvent>(in BroadcastTarget target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent>;

    bool Post<TContract, TEvent>(in BroadcastTarget target, in TEvent value)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent>;

    ValueTask ServerSideEmitAsync<TContract, TEvent>(in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IEvent<TContract, TEvent>;
}
