using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>What the generated senders of events without an answer call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventSender
{
    /// <summary>
    /// Sends an event; completes when PostgreSQL has committed it, or, inside a caller's transaction, when that holds it: it is delivered when the transaction commits.
    /// Without a transaction, local receivers have it before.
    /// </summary>
    /// <exception cref="EventNotSentException">
    /// No other node receives the event; in a caller's transaction: it is finished, on a closed connection or in another database, and nothing was sent, or PostgreSQL refused the
    /// event, which aborts the transaction.
    /// </exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public static ValueTask SendAsync<TTarget, TContract, TEvent>(TTarget target, in TEvent value, CancellationToken cancellationToken)
        where TTarget : IEventTarget<TContract>
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
    {
        var core = target.Target;
        return core.IsServerSide
            ? Broadcaster(core).ServerSideEmitAsync<TContract, TEvent>(in value, cancellationToken)
            : Broadcaster(core).EmitAsync<TContract, TEvent>(core, in value, cancellationToken);
    }

    /// <summary>Hands an event over without waiting; false where the publish queue is full or closed.</summary>
    public static bool Post<TContract, TEvent>(PostOperator<TContract> target, in TEvent value)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => Broadcaster(target.Target).Post<TContract, TEvent>(target.Target, in value);

    private static IEventBroadcaster Broadcaster(in BroadcastTarget target) =>
        (IEventBroadcaster)(target.Broadcaster ?? throw new InvalidOperationException("An operator is had from an emitter, not from 'default'."));
}
