namespace EventBus;

/// <summary>Where an event of a contract that is not answered can be sent to: what its generated sender extends. Only EventBus implements it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface IEventTarget<TContract>
    where TContract : class
{
    internal BroadcastTarget Target { get; }
}
