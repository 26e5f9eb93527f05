namespace EventBus;

/// <summary>Sends the events of one contract inside a transaction of the caller's: they are delivered if and only if it commits. An immutable value; generated extension methods send.</summary>
/// <remarks>
/// <para>An event goes out on the transaction's own connection and is awaited there, like any command: a connection runs one at a time and is not thread-safe. When the transaction
/// commits, every node receives it by its notification, this one included, never before; the events of one transaction arrive in their order. What is rolled back, with the
/// transaction or to a savepoint, is received by nobody and never reported as lost.</para>
/// <para>An event that PostgreSQL refuses aborts the transaction, as every failing statement does.</para>
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct TransactionOperator<TContract> : ISocketTarget<TContract>
    where TContract : class
{
    internal TransactionOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    BroadcastTarget IEventTarget<TContract>.Target => Target;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public TransactionOperator<TContract> Volatile => new(Target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public TransactionOperator<TContract> To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public TransactionOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public TransactionOperator<TContract> Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public TransactionOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public TransactionOperator<TContract> Compress(bool compress) => new(Target.Compress(compress));
}
