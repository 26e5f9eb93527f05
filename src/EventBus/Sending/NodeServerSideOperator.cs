namespace EventBus;

/// <summary>Sends the events of one contract to the other nodes themselves, and gathers one answer of each where the event has one. Generated extension methods send.</summary>
/// <remarks>Thread-safe. A publisher's counterpart is <see cref="ServerSideOperator{TContract}"/>: it hears no answers.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class NodeServerSideOperator<TContract> : ServerSideOperator<TContract>
    where TContract : class
{
    internal NodeServerSideOperator(IBroadcaster broadcaster)
        : base(broadcaster)
    {
    }

    /// <summary>Waits for the nodes' answers for so long instead of <see cref="EventBusOptions.RequestsTimeout"/>. What follows is an event that is answered.</summary>
    /// <param name="timeout">How long: longer than zero, at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not.</exception>
    public ServerSideAckOperator<TContract> WithTimeout(TimeSpan timeout) => new(Broadcaster, RequestTime.Checked(timeout));
}
