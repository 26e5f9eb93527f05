using EventBus.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus;

/// <summary>Sends the events of one contract from a bus. Generated extension methods send: <c>emitter.To("r1").Ping(at)</c>.</summary>
/// <remarks>
/// Thread-safe; create it once and keep it. Events that are started one after another are received in that order everywhere.
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class Emitter<TContract> : ISocketTarget<TContract>, IAckTarget<TContract>
    where TContract : class
{
    /// <summary>
    /// Creates the emitter of a bus for the contract, as <see cref="IEventBus.Emitter{TContract}"/> does. Dependency injection calls it;
    /// an emitter with a key receives the bus with this key.
    /// </summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public Emitter([FromKeyedServices] IEventBus bus)
    {
        ArgumentNullException.ThrowIfNull(bus);
        var emitter = bus.Emitter<TContract>();
        All = emitter.All;
        ServerSide = emitter.ServerSide;
    }

    internal Emitter(IEventRequester sender)
    {
        All = new BroadcastOperator<TContract>(sender);
        ServerSide = new NodeServerSideOperator<TContract>(sender);
    }

    /// <summary>All sockets of the contract's bus namespace.</summary>
    public BroadcastOperator<TContract> All { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Local"/>
    public BroadcastOperator<TContract> Local => All.Local;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public BroadcastOperator<TContract> Volatile => All.Volatile;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Post"/>
    public PostOperator<TContract> Post => All.Post;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Stream"/>
    public AckStreamOperator<TContract> Stream => All.Stream;

    /// <summary>The other nodes themselves instead of sockets.</summary>
    public NodeServerSideOperator<TContract> ServerSide { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public BroadcastOperator<TContract> To(string room) => All.To(room);

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public BroadcastOperator<TContract> To(params ReadOnlySpan<string> rooms) => All.To(rooms);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public BroadcastOperator<TContract> Except(string room) => All.Except(room);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public BroadcastOperator<TContract> Except(params ReadOnlySpan<string> rooms) => All.Except(rooms);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public BroadcastOperator<TContract> Compress(bool compress) => All.Compress(compress);

    /// <inheritdoc cref="BroadcastOperator{TContract}.WithTimeout(TimeSpan)"/>
    public AckOperator<TContract> WithTimeout(TimeSpan timeout) => All.WithTimeout(timeout);

    /// <summary>Sends inside a transaction, on its own connection: the events are delivered if and only if it commits.</summary>
    /// <remarks>
    /// The statement of the event itself compares the databases, so the connection may lead through a pooler or use another address. In
    /// another database it does nothing, and the task fails with an <see cref="EventNotSentException"/>; the transaction stays usable.
    /// </remarks>
    /// <param name="transaction">An open transaction in the database in which the bus listens.</param>
    public TransactionOperator<TContract> Within(NpgsqlTransaction transaction) => All.Within(transaction);

    /// <summary>
    /// Sends inside the transaction that a connection is in, such as the one of a <c>TransactionScope</c> that it is enlisted in: the
    /// events are delivered if and only if it commits.
    /// </summary>
    /// <remarks>
    /// If the connection is in no transaction when an event is sent, the task fails with an <see cref="EventNotSentException"/>, and
    /// nothing is sent.
    /// </remarks>
    /// <param name="connection">An open connection to the database in which the bus listens.</param>
    public TransactionOperator<TContract> Within(NpgsqlConnection connection) => All.Within(connection);

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        All.Sender.EmitAsync(All.Target, in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => All.Sender.Measure(All.Target, in packet);

    ValueTask<Acks<TAck>> IAckTarget<TContract>.EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken) =>
        All.Sender.EmitWithAckAsync(All.Target, in packet, readAck, timeout: null, cancellationToken);

    MeasuredEvent IAckTarget<TContract>.MeasureWithAck<TPacket>(in TPacket packet) =>
        All.Sender.MeasureWithAck(All.Target, in packet, timeout: null);
}
