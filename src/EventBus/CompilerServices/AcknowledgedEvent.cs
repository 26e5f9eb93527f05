using System.ComponentModel;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Calls the method of a handler for its ack. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">The arguments of the event.</typeparam>
/// <typeparam name="TAck">The type of the ack.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<TAck> HandlerCall<TContract, TArguments, TAck>(
    TContract handler, TArguments arguments, ProvidedArguments provided);

/// <summary>An acknowledged event of a contract. For generated code, whose senders call it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">The arguments of the event: one value, or a tuple.</typeparam>
/// <typeparam name="TFormatter">The formatter of the arguments.</typeparam>
/// <typeparam name="TAck">The type of the ack.</typeparam>
/// <typeparam name="TAckFormatter">The formatter of the ack.</typeparam>
/// <param name="name">Its name on the wire.</param>
/// <param name="parameters">
/// The names of the parameters that are sent, separated by spaces; <c>?</c> follows an optional one, <c>??</c> an optional one whose
/// default null stands for as well.
/// </param>
/// <param name="size">How many bytes its notification takes.</param>
/// <param name="call">Calls the method of a handler for its ack.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AcknowledgedEvent<TContract, TArguments, TFormatter, TAck, TAckFormatter>(
    string name, string parameters, EventSize size, HandlerCall<TContract, TArguments, TAck> call)
    : EventBinding<TContract, TArguments, TFormatter>(name, parameters, size)
    where TContract : class
    where TFormatter : struct, IItemsFormatter<TArguments>
    where TAckFormatter : struct, IFormatter<TAck>
{
    internal override bool CanBeJournaled => false;

    private HandlerCall<TContract, TArguments, TAck> Call => call;

    private Func<EncodedValue, TAck> ReadAck => field ??= ack => TypedAck<TAck, TAckFormatter>.Read(this, ack);

    /// <summary>
    /// Sends the event and gathers the acks of the sockets, for the target's timeout or <see cref="EventBusOptions.RequestsTimeout"/>. The
    /// result names the nodes whose acks are missing.
    /// </summary>
    /// <exception cref="EventNotSentException">No other node receives the event. Sockets of this process may have it already.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask<Acks<TAck>> SendAsync<TTarget>(TTarget target, in TArguments arguments, CancellationToken cancellationToken)
        where TTarget : IAckTarget<TContract>
        => target.EmitWithAckAsync(new TypedPacket<TArguments, TFormatter>(this, arguments), ReadAck, cancellationToken);

    /// <summary>Creates a stream that sends the event when it is enumerated, and yields the acks as they arrive.</summary>
    public AckStream<TAck> Stream(AckStreamOperator<TContract> target, in TArguments arguments) =>
        target.StreamAcks(new TypedPacket<TArguments, TFormatter>(this, arguments), ReadAck);

    /// <summary>
    /// Sends the event to the other nodes themselves and gathers one ack of each, for <see cref="EventBusOptions.RequestsTimeout"/>. The
    /// result names the nodes whose acks are missing.
    /// </summary>
    /// <exception cref="EventNotSentException">The request did not reach the other nodes.</exception>
    /// <exception cref="EventOutcomeUnknownException">The request may not have reached the other nodes.</exception>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask<ServerSideAcks<TAck>> SendToNodesAsync(
        NodeServerSideOperator<TContract> target, in TArguments arguments, CancellationToken cancellationToken) =>
        target.Acknowledged.EmitWithAckAsync(new TypedPacket<TArguments, TFormatter>(this, arguments), ReadAck, cancellationToken);

    /// <summary>Sends the event to the other nodes themselves and gathers one ack of each, for the operator's timeout.</summary>
    /// <inheritdoc cref="SendToNodesAsync(NodeServerSideOperator{TContract}, in TArguments, CancellationToken)"/>
    public ValueTask<ServerSideAcks<TAck>> SendToNodesAsync(
        ServerSideAckOperator<TContract> target, in TArguments arguments, CancellationToken cancellationToken) =>
        target.EmitWithAckAsync(new TypedPacket<TArguments, TFormatter>(this, arguments), ReadAck, cancellationToken);

    private protected override EventInvocation<TContract> Invocation(in TArguments arguments, EventContext? context) => context is null
        ? new Received(this, arguments)
        : new ReceivedWithContext(this, arguments, context);

    private class Received(AcknowledgedEvent<TContract, TArguments, TFormatter, TAck, TAckFormatter> definition, TArguments arguments)
        : EventInvocation<TContract>
    {
        protected virtual EventContext? Context => null;

        public sealed override byte[] EventName => definition.Name;

        public sealed override EventLabels Labels => definition.Labels;

        public sealed override IReadOnlyList<object?> GetArguments() => ArgumentList.Of(in arguments, definition.Parameters.Length);

        internal sealed override async ValueTask InvokeAsync(TContract handler, IAckReceiver? receiver, CancellationToken cancellationToken)
        {
            var ack = await definition.Call(handler, arguments, new ProvidedArguments(Context, cancellationToken)).ConfigureAwait(false);
            receiver?.Acknowledge(new TypedAck<TAck, TAckFormatter>(definition, ack));
        }
    }

    // Few events use a context, so the others have no field for it.
    private sealed class ReceivedWithContext(
        AcknowledgedEvent<TContract, TArguments, TFormatter, TAck, TAckFormatter> definition, TArguments arguments, EventContext context)
        : Received(definition, arguments)
    {
        protected override EventContext Context => context;
    }
}
