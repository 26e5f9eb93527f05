using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract that its receivers answer. For generated code, whose senders call it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">What it carries.</typeparam>
/// <typeparam name="TAnswer">What a receiver answers.</typeparam>
/// <typeparam name="TAnswerFormatter">The formatter of an answer.</typeparam>
/// <param name="name">Its name on the wire.</param>
/// <param name="parameters">The names of the parameters that are sent, with spaces between; <c>?</c> behind one that is optional, <c>??</c> where null stands for its default, too.</param>
/// <param name="size">How many bytes its notification takes.</param>
/// <param name="call">Calls the handler's method for its answer.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AcknowledgedEvent<TContract, TArguments, TAnswer, TAnswerFormatter>(
    string name, string parameters, EventSize size, HandlerCall<TContract, TArguments, TAnswer> call)
    : EventBinding<TContract, TArguments>(name, parameters, size)
    where TContract : class
    where TArguments : struct, IArguments<TArguments>
    where TAnswerFormatter : struct, IFormatter<TAnswer>
{
    internal HandlerCall<TContract, TArguments, TAnswer> Call => call;

    /// <summary>Sends the event and gathers the answers of the sockets, for as long as the target or else the option says. What is missing in the end is told by the result.</summary>
    /// <exception cref="EventNotSentException">No other node receives the event. Sockets of this node may have it already.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public ValueTask<Acks<TAnswer>> SendAsync<TTarget>(TTarget target, in TArguments arguments, CancellationToken cancellationToken)
        where TTarget : IAckTarget<TContract>
    {
        var core = target.Target;
        return Behind<INodeEventBroadcaster>(core.Broadcaster).EmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(core, this, in arguments, target.Timeout, cancellationToken);
    }

    /// <summary>Makes an event whose answers are yielded as they come; it is sent when they are enumerated.</summary>
    public AckStream<TAnswer> Stream(AckStreamOperator<TContract> target, in TArguments arguments) =>
        Behind<INodeEventBroadcaster>(target.Target.Broadcaster).StreamAcks<TArguments, TAnswer, TAnswerFormatter>(target.Target, this, in arguments, target.Timeout);

    /// <summary>Sends the event to the other nodes themselves and gathers one answer of each, for as long as the option says. What is missing in the end is told by the result.</summary>
    /// <exception cref="EventNotSentException">The question did not reach the others.</exception>
    /// <exception cref="EventOutcomeUnknownException">The question may not have reached the others.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped, before or meanwhile.</exception>
    public ValueTask<ServerSideAcks<TAnswer>> SendToNodesAsync(NodeServerSideOperator<TContract> target, in TArguments arguments, CancellationToken cancellationToken) =>
        Behind<INodeEventBroadcaster>(target.Broadcaster).ServerSideEmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(this, in arguments, timeout: null, cancellationToken);

    /// <summary>Sends the event to the other nodes themselves and gathers one answer of each, for as long as the operator says.</summary>
    /// <inheritdoc cref="SendToNodesAsync(NodeServerSideOperator{TContract}, in TArguments, CancellationToken)"/>
    public ValueTask<ServerSideAcks<TAnswer>> SendToNodesAsync(ServerSideAckOperator<TContract> target, in TArguments arguments, CancellationToken cancellationToken) =>
        Behind<INodeEventBroadcaster>(target.Broadcaster).ServerSideEmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(this, in arguments, target.Timeout, cancellationToken);

    private protected override EventInvocation<TContract> Invocation(in TArguments arguments, EventContext? context) => context is null
        ? new AcknowledgedInvocation<TContract, TArguments, TAnswer, TAnswerFormatter>(this, arguments)
        : new AcknowledgedInvocation<TContract, TArguments, TAnswer, TAnswerFormatter>.WithContext(this, arguments, context);
}
