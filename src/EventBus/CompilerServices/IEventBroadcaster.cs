namespace EventBus.CompilerServices;

/// <summary>The typed side of <see cref="IBroadcaster"/>; a bus namespace implements both.</summary>
internal interface IEventBroadcaster : IBroadcaster
{
    ValueTask EmitAsync<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>;

    bool Post<TArguments>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments)
        where TArguments : struct, IArguments<TArguments>;

    ValueTask ServerSideEmitAsync<TArguments>(EventDefinition definition, in TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>;
}
