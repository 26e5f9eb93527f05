using EventBus.Serialization;
using Npgsql;

namespace EventBus;

/// <summary>
/// Sends the events of one contract from a bus: "to these rooms, except those, with these flags". An immutable value; generated extension
/// methods send.
/// </summary>
/// <remarks>
/// Thread-safe. Rooms add up: an event goes once to every socket that is in at least one of them. Without a room it goes to every socket of
/// the bus namespace.
/// </remarks>
/// <typeparam name="TContract">The contract; <see cref="IUntypedEvents"/> for events by name.</typeparam>
public readonly struct BroadcastOperator<TContract> : ISocketTarget<TContract>, IAckTarget<TContract>
    where TContract : class
{
    private readonly IEventRequester? _sender;

    internal BroadcastOperator(IEventRequester? sender, in BroadcastTarget target = default)
    {
        _sender = sender;
        Target = target;
    }

    internal IEventRequester Sender => _sender.OrThrow();

    internal BroadcastTarget Target { get; }

    /// <summary>Sends to sockets of this process only.</summary>
    public BroadcastOperator<TContract> Local => new(_sender, Target.Local());

    /// <summary>Lets a Socket.IO server drop the event if its client is not ready to receive it.</summary>
    public BroadcastOperator<TContract> Volatile => new(_sender, Target.Volatile());

    /// <summary>
    /// Sends without waiting for PostgreSQL. The sender returns <see langword="false"/> if the publish queue is full or closed.
    /// </summary>
    public PostOperator<TContract> Post => new(_sender, Target);

    /// <summary>Yields the acks of an acknowledged event as they arrive, for <c>await foreach</c>.</summary>
    public AckStreamOperator<TContract> Stream => new(_sender, Target, timeout: null);

    /// <summary>Adds a room.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public BroadcastOperator<TContract> To(string room) => new(_sender, Target.To(room));

    /// <summary>Adds one or more rooms.</summary>
    /// <exception cref="ArgumentException">
    /// The list is empty, and an event without a room would go to every socket; or a name is empty.
    /// </exception>
    public BroadcastOperator<TContract> To(params ReadOnlySpan<string> rooms) => new(_sender, Target.To(rooms));

    /// <summary>Excludes the sockets in a room.</summary>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public BroadcastOperator<TContract> Except(string room) => new(_sender, Target.Except(room));

    /// <summary>Excludes the sockets in any of these rooms.</summary>
    /// <exception cref="ArgumentException">A name is empty.</exception>
    public BroadcastOperator<TContract> Except(params ReadOnlySpan<string> rooms) => new(_sender, Target.Except(rooms));

    /// <summary>Sets whether Socket.IO servers compress the event for their clients.</summary>
    public BroadcastOperator<TContract> Compress(bool compress) => new(_sender, Target.Compress(compress));

    /// <summary>
    /// Sets how long to wait for acks, in place of <see cref="EventBusOptions.RequestsTimeout"/>. Only acknowledged events can follow.
    /// </summary>
    /// <param name="timeout">Longer than zero, at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public AckOperator<TContract> WithTimeout(TimeSpan timeout) => new(_sender, Target, RequestTimeout.Checked(timeout));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    /// <exception cref="InvalidOperationException">The operator is <see cref="Local"/>.</exception>
    public TransactionOperator<TContract> Within(NpgsqlTransaction transaction) =>
        new(_sender, Target.Within(CallerTransaction.Of(transaction)));

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlConnection)"/>
    /// <exception cref="InvalidOperationException">The operator is <see cref="Local"/>.</exception>
    public TransactionOperator<TContract> Within(NpgsqlConnection connection) =>
        new(_sender, Target.Within(CallerTransaction.Of(connection)));

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        Sender.EmitAsync(Target, in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => Sender.Measure(Target, in packet);

    ValueTask<Acks<TAck>> IAckTarget<TContract>.EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken) =>
        Sender.EmitWithAckAsync(Target, in packet, readAck, timeout: null, cancellationToken);

    MeasuredEvent IAckTarget<TContract>.MeasureWithAck<TPacket>(in TPacket packet) =>
        Sender.MeasureWithAck(Target, in packet, timeout: null);
}
