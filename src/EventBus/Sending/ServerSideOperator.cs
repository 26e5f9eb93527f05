namespace EventBus;

/// <summary>Sends the events of one contract to the nodes themselves, not to their sockets, and never to the node that sends. Generated extension methods send.</summary>
/// <remarks>Thread-safe. They share one order with the events for sockets. A node handles them with <see cref="IEventBus.HandleServerSide{TContract}"/>.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public class ServerSideOperator<TContract> : IEventTarget<TContract>
    where TContract : class
{
    internal ServerSideOperator(IBroadcaster broadcaster) => Broadcaster = broadcaster;

    internal IBroadcaster Broadcaster { get; }

    BroadcastTarget IEventTarget<TContract>.Target => new(Broadcaster) { IsServerSide = true };
}
