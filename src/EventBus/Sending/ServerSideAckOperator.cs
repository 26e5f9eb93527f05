namespace EventBus;

/// <summary>Sends the events of one contract that are answered to the other nodes themselves, and waits for the answers for a time of its own. Generated extension methods send.</summary>
/// <remarks>Thread-safe.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct ServerSideAckOperator<TContract>
    where TContract : class
{
    internal ServerSideAckOperator(IBroadcaster broadcaster, TimeSpan timeout)
    {
        Broadcaster = broadcaster;
        Timeout = timeout;
    }

    internal IBroadcaster Broadcaster { get; }

    internal TimeSpan Timeout { get; }
}
