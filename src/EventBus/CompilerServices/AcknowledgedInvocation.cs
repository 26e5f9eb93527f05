using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>The arguments of one received event that is answered. A handler that throws answers nothing.</summary>
internal class AcknowledgedInvocation<TContract, TArguments, TAnswer, TAnswerFormatter>(
    AcknowledgedEvent<TContract, TArguments, TAnswer, TAnswerFormatter> definition, TArguments arguments) : EventInvocation<TContract>
    where TContract : class
    where TArguments : struct, IArguments<TArguments>
    where TAnswerFormatter : struct, IFormatter<TAnswer>
{
    private protected virtual EventContext? Context => null;

    internal sealed override async ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken)
    {
        var answer = await definition.Call(handler, arguments, new ProvidedArguments(Context, cancellationToken)).ConfigureAwait(false);
        asker?.Answer(new TypedAnswer<TAnswer, TAnswerFormatter>(definition, answer));
    }

    /// <summary>With what its handlers are told. Few events take it, so the others have no place for it.</summary>
    internal sealed class WithContext(AcknowledgedEvent<TContract, TArguments, TAnswer, TAnswerFormatter> definition, TArguments arguments, EventContext context)
        : AcknowledgedInvocation<TContract, TArguments, TAnswer, TAnswerFormatter>(definition, arguments)
    {
        private protected override EventContext Context => context;
    }
}
