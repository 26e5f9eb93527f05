using Npgsql;

namespace EventBus;

/// <summary>
/// Sends the events of one contract from a publisher: "to these rooms, except those, with these flags". An immutable value; generated
/// extension methods send.
/// </summary>
/// <remarks>
/// Thread-safe. Events that are started one after another are received in that order everywhere. A publisher does not listen, so it offers
/// no acknowledged events: a node does, through <see cref="Emitter{TContract}"/>.
/// </remarks>
/// <typeparam name="TContract">The contract; <see cref="IUntypedEvents"/> for events by name.</typeparam>
public readonly struct PublisherOperator<TContract> : ISocketTarget<TContract>
    where TContract : class
{
    private readonly IEventSender? _sender;

    internal PublisherOperator(IEventSender? sender, in BroadcastTarget target = default)
    {
        _sender = sender;
        Target = target;
    }

    internal IEventSender Sender => _sender.OrThrow();

    internal BroadcastTarget Target { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public PublisherOperator<TContract> Volatile => new(_sender, Target.Volatile());

    /// <inheritdoc cref="BroadcastOperator{TContract}.Post"/>
    public PostOperator<TContract> Post => new(_sender, Target);

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public PublisherOperator<TContract> To(string room) => new(_sender, Target.To(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(_sender, Target.To(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public PublisherOperator<TContract> Except(string room) => new(_sender, Target.Except(room));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(_sender, Target.Except(rooms));

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public PublisherOperator<TContract> Compress(bool compress) => new(_sender, Target.Compress(compress));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    public TransactionOperator<TContract> Within(NpgsqlTransaction transaction) =>
        new(_sender, Target.Within(CallerTransaction.Of(transaction)));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlConnection)"/>
    public TransactionOperator<TContract> Within(NpgsqlConnection connection) =>
        new(_sender, Target.Within(CallerTransaction.Of(connection)));

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        Sender.EmitAsync(Target, in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => Sender.Measure(Target, in packet);
}
