namespace EventBus;

/// <summary>What stands behind the operators of a node: it can ask, because it hears the answers.</summary>
internal interface INodeBroadcaster : ISocketBroadcaster
{
    /// <summary>Sends an event that asks each of the target's sockets for an answer.</summary>
    ValueTask<Acks<EventValue>> EmitWithAckAsync(
        in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken);

    /// <summary>Makes an event that asks each of the target's sockets for an answer, sent when its answers are enumerated.</summary>
    AckStream<EventValue> StreamAcks(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout);

    /// <summary>Asks every node for the target's sockets.</summary>
    ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken);
}
