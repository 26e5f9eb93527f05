namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event that has no answer.</summary>
internal class OneWayInvocation<TContract, TArguments>(OneWayEvent<TContract, TArguments> definition, TArguments arguments) : EventInvocation<TContract>
    where TContract : class
    where TArguments : struct, IArguments<TArguments>
{
    private protected virtual EventContext? Context => null;

    internal sealed override ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken) =>
        definition.Call(handler, arguments, new ProvidedArguments(Context, cancellationToken));

    /// <summary>With what its handlers are told. Few events take it, so the others have no place for it.</summary>
    internal sealed class WithContext(OneWayEvent<TContract, TArguments> definition, TArguments arguments, EventContext context)
        : OneWayInvocation<TContract, TArguments>(definition, arguments)
    {
        private protected override EventContext Context => context;
    }
}
