namespace EventBus.CompilerServices;

/// <summary>One received event of a contract, decoded once and handed to every handler of the contract.</summary>
internal abstract class EventInvocation<TContract>
    where TContract : class
{
    /// <summary>Calls the handler and, where the event is answered and somebody asks, answers.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="asker">Whoever asks; null: nobody.</param>
    /// <param name="cancellationToken">For a handler that takes one.</param>
    internal abstract ValueTask InvokeAsync(TContract handler, IAnswerReceiver? asker, CancellationToken cancellationToken);
}
