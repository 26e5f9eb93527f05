namespace EventBus;

/// <summary>Sends the events of one contract that are answered, and yields the answers as they come. An immutable value; generated extension methods send.</summary>
/// <remarks>Thread-safe.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct AckStreamOperator<TContract>
    where TContract : class
{
    internal AckStreamOperator(in BroadcastTarget target, TimeSpan? timeout)
    {
        Target = target;
        Timeout = timeout;
    }

    internal BroadcastTarget Target { get; }

    /// <summary>How long it waits for answers; null: as long as the option says.</summary>
    internal TimeSpan? Timeout { get; }
}
