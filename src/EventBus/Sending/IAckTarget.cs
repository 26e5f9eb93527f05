namespace EventBus;

/// <summary>The sockets that an event of a contract can be sent to for their answers: what its generated sender extends. Only EventBus implements it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface IAckTarget<TContract>
    where TContract : class
{
    internal BroadcastTarget Target { get; }

    /// <summary>How long it waits for answers; null: as long as the option says.</summary>
    internal TimeSpan? Timeout { get; }
}
