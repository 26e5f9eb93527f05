namespace EventBus;

/// <summary>What stands behind an operator: a bus namespace that can send. The typed way is <c>CompilerServices.IEventBroadcaster</c>, which extends it.</summary>
internal interface IBroadcaster
{
    /// <summary>Sends an untyped event; completes when PostgreSQL has committed it, or, inside a caller's transaction, when that holds it.</summary>
    ValueTask EmitAsync(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, CancellationToken cancellationToken);

    /// <summary>Hands an untyped event over without waiting; false where the queue is full or closed.</summary>
    bool Post(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments);
}
