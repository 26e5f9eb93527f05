using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EventBus;

/// <summary>
/// Sends the one-way events of one contract, from a bus or a publisher. Generated extension methods send:
/// <c>publisher.To("r1").Ping(at)</c>.
/// </summary>
/// <remarks>
/// Thread-safe; create it once and keep it. Events that are started one after another are received in that order everywhere. A service that
/// takes a publisher runs in a process with a bus, and in one with a publisher only. For acknowledged events and local targets take
/// <see cref="Emitter{TContract}"/>, which only a bus has.
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class Publisher<TContract> : ISocketTarget<TContract>
    where TContract : class
{
    /// <summary>
    /// Creates the publisher of a contract, as <see cref="IEventPublisher.Publisher{TContract}"/> does. Dependency injection calls it; a
    /// publisher with a key receives the bus or publisher with this key.
    /// </summary>
    /// <exception cref="InvalidOperationException">No code was generated for the contract.</exception>
    public Publisher([FromKeyedServices] IEventPublisher source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var publisher = source.Publisher<TContract>();
        All = publisher.All;
        ServerSide = publisher.ServerSide;
    }

    internal Publisher(IEventSender sender)
    {
        All = new PublisherOperator<TContract>(sender);
        ServerSide = new ServerSideOperator<TContract>(sender);
    }

    /// <summary>All sockets of the contract's bus namespace.</summary>
    public PublisherOperator<TContract> All { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Volatile"/>
    public PublisherOperator<TContract> Volatile => All.Volatile;

    /// <inheritdoc cref="BroadcastOperator{TContract}.Post"/>
    public PostOperator<TContract> Post => All.Post;

    /// <summary>The nodes themselves instead of sockets.</summary>
    public ServerSideOperator<TContract> ServerSide { get; }

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(string)"/>
    public PublisherOperator<TContract> To(string room) => All.To(room);

    /// <inheritdoc cref="BroadcastOperator{TContract}.To(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> To(params ReadOnlySpan<string> rooms) => All.To(rooms);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(string)"/>
    public PublisherOperator<TContract> Except(string room) => All.Except(room);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Except(ReadOnlySpan{string})"/>
    public PublisherOperator<TContract> Except(params ReadOnlySpan<string> rooms) => All.Except(rooms);

    /// <inheritdoc cref="BroadcastOperator{TContract}.Compress(bool)"/>
    public PublisherOperator<TContract> Compress(bool compress) => All.Compress(compress);

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlTransaction)"/>
    public TransactionOperator<TContract> Within(NpgsqlTransaction transaction) => All.Within(transaction);

    /// <inheritdoc cref="Emitter{TContract}.Within(NpgsqlConnection)"/>
    public TransactionOperator<TContract> Within(NpgsqlConnection connection) => All.Within(connection);

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        All.Sender.EmitAsync(All.Target, in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => All.Sender.Measure(All.Target, in packet);
}
