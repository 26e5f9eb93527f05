using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The typed side of <see cref="INodeBroadcaster"/>: where an event says no time, the option's holds.</summary>
internal interface INodeEventBroadcaster : IEventBroadcaster
{
    ValueTask<Acks<TAnswer>> EmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>;

    AckStream<TAnswer> StreamAcks<TArguments, TAnswer, TAnswerFormatter>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>;

    ValueTask<ServerSideAcks<TAnswer>> ServerSideEmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>;
}
