namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event that is answered. A handler that throws answers nothing.</summary>
internal sealed class AcknowledgedInvocation<TContract, TEvent, TAnswer>(TEvent value) : EventInvocation<TContract>
    where TContract : class
    where TEvent : struct, IAcknowledgedEvent<TContract, TEvent, TAnswer>
{
    internal override async ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken)
    {
        var answer = await TEvent.InvokeAsync(handler, in value, cancellationToken).ConfigureAwait(false);
        asker?.Answer(new TypedAnswer<TContract, TEvent, TAnswer>(answer));
    }
}
