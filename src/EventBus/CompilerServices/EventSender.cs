using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>What the generated senders of events without an answer call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventSender
{
    /// <summary>Sends an event; completes when PostgreSQL has committed it. Local receivers have it before.</summary>
    /// <exception cref="EventNotSentException">No other node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Other nodes may receive the event.</exception>
    public static ValueTask SendAsync<TContract, TEvent>(in BroadcastOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => Broadcaster(target.Target).EmitAsync<TContract, TEvent>(target.Target, in value, cancellationToken);

    /// <summary>Sends an event from a publisher; completes when PostgreSQL has committed it.</summary>
    /// <exception cref="EventNotSentException">No node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Nodes may receive the event.</exception>
    public static ValueTask SendAsync<TContract, TEvent>(in PublisherOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => Broadcaster(target.Target).EmitAsync<TContract, TEvent>(target.Target, in value, cancellationToken);

    /// <summary>Sends an event in the caller's transaction; completes when the transaction holds it. It is delivered when the transaction commits.</summary>
    /// <exception cref="EventNotSentException">
    /// The transaction is finished, on a closed connection or in another database, and nothing was sent; or PostgreSQL refused the event, which aborts the transaction.
    /// </exception>
    public static ValueTask SendAsync<TContract, TEvent>(in TransactionOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => Broadcaster(target.Target).EmitAsync<TContract, TEvent>(target.Target, in value, cancellationToken);

    /// <summary>Sends an event to the nodes themselves; completes when PostgreSQL has committed it.</summary>
    /// <exception cref="EventNotSentException">No node receives the event.</exception>
    /// <exception cref="EventOutcomeUnknownException">Nodes may receive the event.</exception>
    public static ValueTask SendAsync<TContract, TEvent>(ServerSideOperator<TContract> target, in TEvent value, CancellationToken cancellationToken)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => ((IEventBroadcaster)target.Broadcaster).ServerSideEmitAsync<TContract, TEvent>(in value, cancellationToken);

    /// <summary>Hands an event over without waiting; false where the publish queue is full or closed.</summary>
    public static bool Post<TContract, TEvent>(in PostOperator<TContract> target, in TEvent value)
        where TContract : class
        where TEvent : struct, IOneWayEvent<TContract, TEvent>
        => Broadcaster(target.Target).Post<TContract, TEvent>(target.Target, in value);

    private static IEventBroadcaster Broadcaster(in BroadcastTarget target) =>
        (IEventBroadcaster)(target.Broadcaster ?? throw new InvalidOperationException("An operator is had from an emitter, not from 'default'."));
}
