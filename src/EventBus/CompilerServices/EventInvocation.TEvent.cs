namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event.</summary>
internal sealed class EventInvocation<TContract, TEvent>(TEvent value) : EventInvocation<TContract>
    where TContract : class
    where TEvent : struct, IEvent<TContract, TEvent>
{
    internal override ValueTask InvokeAsync(TContract handler) => TEvent.InvokeAsync(handler, in value);
}
