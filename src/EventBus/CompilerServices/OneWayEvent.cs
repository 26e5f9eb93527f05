using System.ComponentModel;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>Calls the method of a handler. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">The arguments of the event.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask HandlerCall<TContract, TArguments>(TContract handler, TArguments arguments, ProvidedArguments provided);

/// <summary>A one-way event of a contract. For generated code, whose senders call it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">The arguments of the event: one value, or a tuple.</typeparam>
/// <typeparam name="TFormatter">The formatter of the arguments.</typeparam>
/// <param name="name">Its name on the wire.</param>
/// <param name="parameters">
/// The names of the parameters that are sent, separated by spaces; <c>?</c> follows an optional one, <c>??</c> an optional one whose
/// default null stands for as well.
/// </param>
/// <param name="size">How many bytes its notification takes.</param>
/// <param name="call">Calls the method of a handler.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OneWayEvent<TContract, TArguments, TFormatter>(
    string name, string parameters, EventSize size, HandlerCall<TContract, TArguments> call)
    : EventBinding<TContract, TArguments, TFormatter>(name, parameters, size)
    where TContract : class
    where TFormatter : struct, IItemsFormatter<TArguments>
{
    private HandlerCall<TContract, TArguments> Call => call;

    /// <summary>
    /// Sends the event; completes when PostgreSQL has committed it. In a caller's transaction it completes when the transaction contains
    /// the event, which is delivered when the transaction commits. Without a transaction, sockets of this process have the event before.
    /// </summary>
    /// <exception cref="EventNotSentException">
    /// No other node receives the event. In a caller's transaction: it is finished, its connection is closed or it belongs to another
    /// database, and nothing was sent; or PostgreSQL rejected the event, which aborts the transaction.
    /// </exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public ValueTask SendAsync<TTarget>(TTarget target, in TArguments arguments, CancellationToken cancellationToken)
        where TTarget : IEventTarget<TContract>
        => target.EmitAsync(new TypedPacket<TArguments, TFormatter>(this, arguments), cancellationToken);

    /// <summary>Queues the event without waiting; false if the publish queue is full or closed.</summary>
    public bool Post(PostOperator<TContract> target, in TArguments arguments) =>
        target.Post(new TypedPacket<TArguments, TFormatter>(this, arguments));

    private protected override EventInvocation<TContract> Invocation(in TArguments arguments, EventContext? context) => context is null
        ? new Received(this, arguments)
        : new ReceivedWithContext(this, arguments, context);

    private class Received(OneWayEvent<TContract, TArguments, TFormatter> definition, TArguments arguments) : EventInvocation<TContract>
    {
        protected virtual EventContext? Context => null;

        public sealed override byte[] EventName => definition.Name;

        public sealed override EventLabels Labels => definition.Labels;

        public sealed override IReadOnlyList<object?> GetArguments() => ArgumentList.Of(in arguments, definition.Parameters.Length);

        internal sealed override ValueTask InvokeAsync(TContract handler, IAckReceiver? receiver, CancellationToken cancellationToken) =>
            definition.Call(handler, arguments, new ProvidedArguments(Context, cancellationToken));
    }

    // Few events use a context, so the others have no field for it.
    private sealed class ReceivedWithContext(
        OneWayEvent<TContract, TArguments, TFormatter> definition, TArguments arguments, EventContext context)
        : Received(definition, arguments)
    {
        protected override EventContext Context => context;
    }
}
