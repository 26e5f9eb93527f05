using Npgsql;

namespace EventBus;

/// <summary>Sends the events of one contract from a publisher that joins nothing: "to these rooms, except those, with these flags". An immutable value; generated extension methods send.</summary>
/// <remarks>
/// Thread-safe. Events started one after another are received in that order everywhere. It hears no answers, so it offers no events that are answered; a node's counterpart is
/// <see cref="Emitter{TContract}"/>.
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct PublisherOperator<TContract> : ISocketTarget<TContract>
    where TContract : class
{
    internal PublisherOperator(in BroadcastTarget target) => Target = target;

    internal BroadcastTarget Target { get; }

    BroadcastTarget IEventTarget<TContract>.Target => Target;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public PublisherOperator<TContract> Volatile => new(Target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.Post"/>
    public PostOperator<TContract> Post => new(Target);

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public PublisherOperator<TContract> To(string room) => new(Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public PublisherOperator<TContract> Except(string room) => new(Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public PublisherOperator<TContract> Compress(bool compress) => new(Target.Compress(compress));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    public TransactionOperator<TContract> Within(NpgsqlTransaction transaction) => new(Target.Within(transaction));
}
