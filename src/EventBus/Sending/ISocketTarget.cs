namespace EventBus;

/// <summary>The sockets that an event of a contract can be sent to. What an event is sent to whose name nodes cannot be sent, such as <c>connect</c>. Only EventBus implements it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface ISocketTarget<TContract> : IEventTarget<TContract>
    where TContract : class
{
}
