using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>What the generated senders of events with an answer call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AckSender
{
    /// <summary>Sends an event and gathers the answers of the sockets, for as long as the target or else the option says. What is missing in the end is told by the result.</summary>
    /// <exception cref="EventNotSentException">No other node receives the event. Sockets of this node may have it already.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public static ValueTask<Acks<TAnswer>> SendAsync<TTarget, TContract, TEvent, TAnswer>(TTarget target, in TEvent value, CancellationToken cancellationToken)
        where TTarget : IAckTarget<TContract>
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
    {
        var core = target.Target;
        return Broadcaster(core.Broadcaster).EmitWithAckAsync<TContract, TEvent, TAnswer>(core, in value, target.Timeout, cancellationToken);
    }

    /// <summary>Makes an event whose answers are yielded as they come; it is sent when they are enumerated.</summary>
    public static AckStream<TAnswer> Stream<TContract, TEvent, TAnswer>(AckStreamOperator<TContract> target, in TEvent value)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
        => Broadcaster(target.Target.Broadcaster).StreamAcks<TContract, TEvent, TAnswer>(target.Target, in value, target.Timeout);

    /// <summary>Sends an event to the other nodes themselves and gathers one answer of each, for as long as the option says. What is missing in the end is told by the result.</summary>
    /// <exception cref="EventNotSentException">The question did not reach the others.</exception>
    /// <exception cref="EventOutcomeUnknownException">The question may not have reached the others.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public static ValueTask<ServerSideAcks<TAnswer>> SendAsync<TContract, TEvent, TAnswer>(
        NodeServerSideOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
        => Broadcaster(target.Broadcaster).ServerSideEmitWithAckAsync<TContract, TEvent, TAnswer>(in value, timeout: null, cancellationToken);

    /// <summary>Sends an event to the other nodes themselves and gathers one answer of each, for as long as the operator says.</summary>
    /// <inheritdoc cref="SendAsync{TContract, TEvent, TAnswer}(NodeServerSideOperator{TContract}, in TEvent, CancellationToken)"/>
    public static ValueTask<ServerSideAcks<TAnswer>> SendAsync<TContract, TEvent, TAnswer>(
        ServerSideAckOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
        => Broadcaster(target.Broadcaster).ServerSideEmitWithAckAsync<TContract, TEvent, TAnswer>(in value, target.Timeout, cancellationToken);

    private static INodeEventBroadcaster Broadcaster(IBroadcaster? broadcaster) =>
        (INodeEventBroadcaster)(broadcaster ?? throw new InvalidOperationException("An operator is had from an emitter, not from 'default'."));
}
