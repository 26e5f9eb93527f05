using EventBus.Serialization;

namespace EventBus;

/// <summary>
/// Sends the events of one contract to the nodes themselves instead of their sockets, and never to the sending node. Generated extension
/// methods send.
/// </summary>
/// <remarks>
/// Thread-safe. These events share one order with the events for sockets. A node handles them with
/// <see cref="IEventBus.HandleServerSide{TContract}"/>.
/// </remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public class ServerSideOperator<TContract> : IEventTarget<TContract>
    where TContract : class
{
    private readonly IEventSender _sender;

    internal ServerSideOperator(IEventSender sender) => _sender = sender;

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken) =>
        _sender.ServerSideEmitAsync(in packet, cancellationToken);

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => _sender.MeasureServerSide(in packet);
}

/// <summary>
/// Sends the events of one contract to the other nodes themselves, and gathers one ack of each node for an acknowledged event. Generated
/// extension methods send.
/// </summary>
/// <remarks>Thread-safe. A publisher has <see cref="ServerSideOperator{TContract}"/>, without acks, because it does not listen.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public sealed class NodeServerSideOperator<TContract> : ServerSideOperator<TContract>
    where TContract : class
{
    internal NodeServerSideOperator(IEventRequester sender)
        : base(sender) =>
        Acknowledged = new ServerSideAckOperator<TContract>(sender, timeout: null);

    internal ServerSideAckOperator<TContract> Acknowledged { get; }

    /// <summary>
    /// Sets how long to wait for the acks of the nodes, in place of <see cref="EventBusOptions.RequestsTimeout"/>. Only acknowledged events
    /// can follow.
    /// </summary>
    /// <param name="timeout">Longer than zero, at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public ServerSideAckOperator<TContract> WithTimeout(TimeSpan timeout) => Acknowledged.WithTimeout(RequestTimeout.Checked(timeout));
}

/// <summary>
/// Sends the acknowledged events of one contract to the other nodes themselves and waits for the acks for a time of its own. Generated
/// extension methods send.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct ServerSideAckOperator<TContract>
    where TContract : class
{
    private readonly IEventRequester? _sender;
    private readonly TimeSpan? _timeout;

    internal ServerSideAckOperator(IEventRequester? sender, TimeSpan? timeout)
    {
        _sender = sender;
        _timeout = timeout;
    }

    internal ServerSideAckOperator<TContract> WithTimeout(TimeSpan timeout) => new(_sender, timeout);

    internal ValueTask<ServerSideAcks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => _sender.OrThrow().ServerSideEmitWithAckAsync(in packet, readAck, _timeout, cancellationToken);
}
