namespace EventBus.CompilerServices;

/// <summary>One received event of a contract, decoded once and handed to every handler of the contract.</summary>
internal abstract class EventInvocation<TContract>
    where TContract : class
{
    internal abstract ValueTask InvokeAsync(TContract handler);
}
