
namespace EventBus;

/// <summary>
/// Sends the events of one contract inside a transaction of the caller: they are delivered if and only if it commits. An immutable value;
/// generated extension methods send.
/// </summary>
/// <remarks>
/// <para>An event is sent on the transaction's own connection and is awaited there, like any command: a connection runs one command at a
/// time and is not thread-safe. When the transaction has committed, every node receives the event by its notification, this node included.
/// The events of one transaction arrive in their order. If the transaction, or a savepoint, is rolled back, its events are received by
/// nobody and
/// are never reported as lost.</para>
/// <para>If PostgreSQL rejects an event, the transaction is aborted, as by every failing statement.</para>
/// </remarks>
/// <typeparam name="TContract">The contract; <see cref="IUntypedEvents"/> for events by name.</typeparam>
public readonly struct TransactionOperator<TContract> : ISocketTarget<TContract>
    where TContract : class
{
    private readonly IEventSender? _sender;
    private readonly BroadcastTarget _target;

    internal TransactionOperator(IEventSender? sender, in BroadcastTarget target)
    {
        _sender = sender;
        _target = target;
    }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public TransactionOperator<TContract> Volatile => new(_sender, _target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public TransactionOperator<TContract> To(string room) => new(_sender, _target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public TransactionOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(_sender, _target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public TransactionOperator<TContract> Except(string room) => new(_sender, _target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public TransactionOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(_sender, _target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public TransactionOperator<TContract> Compress(bool compress) => new(_sender, _target.Compress(compress));

    /// <summary>The same target, which sends only during a time.</summary>
    internal TransactionOperator<TContract> During(TransactionUse use) => _target.Transaction is { } transaction
        ? new(_sender, _target with { Transaction = transaction with { Use = use } })
        : this;

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        _sender.OrThrow().EmitAsync(_target, in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => _sender.OrThrow().Measure(_target, in packet);
}
