namespace EventBus.CompilerServices;

/// <summary>One received event of a contract, decoded once and handed to every handler of the contract.</summary>
internal abstract class EventInvocation<TContract>
    where TContract : class
{
    /// <summary>Calls the handler and, where the event is answered and somebody asks, answers.</summary>
    internal abstract ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker);
}
