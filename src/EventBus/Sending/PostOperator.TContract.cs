namespace EventBus;

/// <summary>Sends the events of one contract without waiting: what does not find a place in the publish queue is dropped, counted, and answered with <see langword="false"/>.</summary>
/// <remarks>Thread-safe. Posted and awaited events of one publisher keep the order in which they were started.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct PostOperator<TContract>
    where TContract : class
{
    internal PostOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }
}
