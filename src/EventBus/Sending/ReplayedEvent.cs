namespace EventBus;

/// <summary>
/// A journaled event of a contract, read by <see cref="IEventBus.Replay{TContract}(DateTimeOffset, CancellationToken)"/>.
/// </summary>
/// <remarks>It keeps the bytes of its page in memory, so do not collect many of them. Immutable and thread-safe.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class ReplayedEvent<TContract>
    where TContract : class
{
    private readonly Func<TContract, CancellationToken, ValueTask> _invoke;

    internal ReplayedEvent(
        EventIdentity identity, DateTimeOffset at, JournalPosition position, Func<TContract, CancellationToken, ValueTask> invoke)
    {
        (Identity, At, Position) = (identity, at, position);
        _invoke = invoke;
    }

    /// <summary>The identity of the event, the same in each replay.</summary>
    public EventIdentity Identity { get; }

    /// <summary>The time of the statement that has sent it, by the clock of the server; in UTC.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The place of the event: a replay after it returns the next event.</summary>
    public JournalPosition Position { get; }

    /// <summary>
    /// Reads the arguments and calls the handler's method of the event. Completes with the method. Several handlers may be called.
    /// </summary>
    /// <remarks>The <see cref="EventContext"/> of the method is that of the event. It was received when this method is called.</remarks>
    /// <param name="handler">The handler.</param>
    /// <param name="cancellationToken">For a method that takes one.</param>
    /// <exception cref="EventSerializationException">
    /// The arguments do not match the event, because another version of the contract has sent it.
    /// </exception>
    public ValueTask InvokeAsync(TContract handler, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return _invoke(handler, cancellationToken);
    }
}
