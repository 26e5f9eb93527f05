namespace EventBus;

/// <summary>Sends the events of one contract that are answered, and waits for the answers for a time of its own. An immutable value; generated extension methods send.</summary>
/// <remarks>Thread-safe. It offers no other events: nobody waits for an answer to them.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct AckOperator<TContract> : IAckTarget<TContract>
    where TContract : class
{
    internal AckOperator(in BroadcastTarget target, TimeSpan timeout)
    {
        Target = target;
        Timeout = timeout;
    }

    internal BroadcastTarget Target { get; }

    BroadcastTarget IAckTarget<TContract>.Target => Target;

    internal TimeSpan Timeout { get; }

    TimeSpan? IAckTarget<TContract>.Timeout => Timeout;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Stream"/>
    public AckStreamOperator<TContract> Stream => new(Target, Timeout);
}
