namespace EventBus.CompilerServices;

/// <summary>The typed side of <see cref="INodeBroadcaster"/>: where an event says no time, the option's holds.</summary>
internal interface INodeEventBroadcaster : IEventBroadcaster
{
    ValueTask<Acks<TAnswer>> EmitWithAckAsync<TContract, TEvent, TAnswer>(
        in BroadcastTarget target, in TEvent value, TimeSpan? timeout, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>;

    AckStream<TAnswer> StreamAcks<TContract, TEvent, TAnswer>(in BroadcastTarget target, in TEvent value, TimeSpan? timeout)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>;

    ValueTask<ServerSideAcks<TAnswer>> ServerSideEmitWithAckAsync<TContract, TEvent, TAnswer>(in TEvent value, TimeSpan? timeout, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>;
}
