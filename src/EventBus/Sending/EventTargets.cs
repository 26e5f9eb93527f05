using EventBus.Serialization;

namespace EventBus;

/// <summary>A target for the one-way events of a contract: generated senders extend it. Only EventBus implements it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface IEventTarget<TContract>
    where TContract : class
{
    internal ValueTask EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    internal MeasuredEvent Measure<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket;
}

/// <summary>
/// A target for the one-way events of a contract that consists of sockets, not of nodes. An event with a name that is reserved between
/// nodes, such as <c>connect</c>, is sent only here. Only EventBus implements it.
/// </summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface ISocketTarget<TContract> : IEventTarget<TContract>
    where TContract : class
{
}

/// <summary>A target for the acknowledged events of a contract: generated senders extend it. Only EventBus implements it.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public interface IAckTarget<TContract>
    where TContract : class
{
    internal ValueTask<Acks<TAck>> EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken)
        where TPacket : struct, IPacket;

    internal MeasuredEvent MeasureWithAck<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket;
}
