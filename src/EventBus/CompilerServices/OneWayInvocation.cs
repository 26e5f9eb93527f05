namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event that has no answer.</summary>
internal class OneWayInvocation<TContract, TArguments>(HandlerCall<TContract, TArguments> call, TArguments arguments) : EventInvocation<TContract>
    where TContract : class
{
    private protected virtual EventContext? Context => null;

    internal sealed override ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken) =>
        call(handler, arguments, new ProvidedArguments(Context, cancellationToken));

    /// <summary>With what its handlers are told. Few events take it, so the others have no place for it.</summary>
    internal sealed class WithContext(HandlerCall<TContract, TArguments> call, TArguments arguments, EventContext context)
        : OneWayInvocation<TContract, TArguments>(call, arguments)
    {
        private protected override EventContext Context => context;
    }
}
