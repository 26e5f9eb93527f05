namespace EventBus;

/// <summary>Sends events by name inside a transaction of the caller's: they are delivered if and only if it commits. An immutable value.</summary>
/// <remarks>The typed counterpart is <see cref="TransactionOperator{TContract}"/>, which says how such events behave.</remarks>
public readonly struct TransactionOperator
{
    internal TransactionOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public TransactionOperator Volatile => new(Target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public TransactionOperator To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public TransactionOperator To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public TransactionOperator Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public TransactionOperator Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public TransactionOperator Compress(bool compress) => new(Target.Compress(compress));

    /// <summary>Sends an event in the transaction; completes when the transaction holds it. It is delivered when the transaction commits.</summary>
    /// <param name="eventName">The event's name on the wire; not one of Socket.IO's reserved names.</param>
    /// <param name="arguments">The arguments. The memory must not change until the call has returned.</param>
    /// <param name="cancellationToken">Before take-off: withdraws the event. After: interrupts the statement, which aborts the transaction.</param>
    /// <exception cref="ArgumentException">The name is empty or reserved.</exception>
    /// <exception cref="EventNotSentException">
    /// The transaction is finished, on a closed connection or in another database, and nothing was sent; or PostgreSQL refused the event, which aborts the transaction.
    /// </exception>
    public ValueTask EmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Target.Broadcaster.EmitAsync(Target, eventName, arguments, cancellationToken);
}
