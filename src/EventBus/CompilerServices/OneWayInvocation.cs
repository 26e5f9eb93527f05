namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event that has no answer.</summary>
internal sealed class OneWayInvocation<TContract, TEvent>(TEvent value) : EventInvocation<TContract>
    where TContract : class
    where TEvent : struct, IOneWayEvent<TContract, TEvent>
{
    internal override ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken) => TEvent.InvokeAsync(handler, in value, cancellationToken);
}
