using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract that nobody waits for. For generated code, whose senders call it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">What it carries.</typeparam>
/// <param name="name">Its name on the wire.</param>
/// <param name="parameters">The names of the parameters that are sent, with spaces between; <c>?</c> behind one that is optional, <c>??</c> where null stands for its default, too.</param>
/// <param name="size">How many bytes its notification takes.</param>
/// <param name="call">Calls the handler's method.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class OneWayEvent<TContract, TArguments>(string name, string parameters, EventSize size, HandlerCall<TContract, TArguments> call)
    : EventBinding<TContract, TArguments>(name, parameters, size)
    where TContract : class
    where TArguments : struct, IArguments<TArguments>
{
    internal HandlerCall<TContract, TArguments> Call => call;

    /// <summary>
    /// Sends the event; completes when PostgreSQL has committed it, or, inside a caller's transaction, when that holds it: it is delivered when the transaction commits.
    /// Without a transaction, local receivers have it before.
    /// </summary>
    /// <exception cref="EventNotSentException">
    /// No other node receives the event; in a caller's transaction: it is finished, on a closed connection or in another database, and nothing was sent, or PostgreSQL refused the
    /// event, which aborts the transaction.
    /// </exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public ValueTask SendAsync<TTarget>(TTarget target, in TArguments arguments, CancellationToken cancellationToken)
        where TTarget : IEventTarget<TContract>
    {
        var core = target.Target;
        return core.IsServerSide
            ? Behind<IEventBroadcaster>(core.Broadcaster).ServerSideEmitAsync(this, in arguments, cancellationToken)
            : Behind<IEventBroadcaster>(core.Broadcaster).EmitAsync(core, this, in arguments, cancellationToken);
    }

    /// <summary>Hands the event over without waiting; false where the publish queue is full or closed.</summary>
    public bool Post(PostOperator<TContract> target, in TArguments arguments)
    {
        var core = target.Target;
        return Behind<IEventBroadcaster>(core.Broadcaster).Post(core, this, in arguments);
    }

    private protected override EventInvocation<TContract> Invocation(in TArguments arguments, EventContext? context) =>
        context is null ? new OneWayInvocation<TContract, TArguments>(this, arguments) : new OneWayInvocation<TContract, TArguments>.WithContext(this, arguments, context);
}
