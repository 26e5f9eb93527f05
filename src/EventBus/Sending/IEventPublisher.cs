namespace EventBus;

/// <summary>Sends one-way events: a bus, or a publisher without one. Code that takes it runs in both kinds of processes.</summary>
public interface IEventPublisher
{
    /// <summary>The sender of a contract's one-way events.</summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    Publisher<TContract> Publisher<TContract>()
        where TContract : class;
}
