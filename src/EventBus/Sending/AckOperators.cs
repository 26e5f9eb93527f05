using System.Runtime.CompilerServices;
using EventBus.Serialization;

namespace EventBus;

/// <summary>
/// Sends the acknowledged events of one contract and waits for the acks for a time of its own. An immutable value; generated extension
/// methods send.
/// </summary>
/// <remarks>Thread-safe. It offers no one-way events, which have no acks to wait for.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct AckOperator<TContract> : IAckTarget<TContract>
    where TContract : class
{
    private readonly IEventRequester? _sender;
    private readonly BroadcastTarget _target;
    private readonly TimeSpan _timeout;

    internal AckOperator(IEventRequester? sender, in BroadcastTarget target, TimeSpan timeout)
    {
        _sender = sender;
        _target = target;
        _timeout = timeout;
    }

    /// <inheritdoc cref="BroadcastOperator{TContract}.Stream"/>
    public AckStreamOperator<TContract> Stream => new(_sender, _target, _timeout);

    ValueTask<Acks<TAck>> IAckTarget<TContract>.EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken) =>
        _sender.OrThrow().EmitWithAckAsync(_target, in packet, readAck, _timeout, cancellationToken);

    MeasuredEvent IAckTarget<TContract>.MeasureWithAck<TPacket>(in TPacket packet) =>
        _sender.OrThrow().MeasureWithAck(_target, in packet, _timeout);
}

/// <summary>
/// Sends the acknowledged events of one contract and yields the acks as they arrive. An immutable value; generated extension methods send.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct AckStreamOperator<TContract>
    where TContract : class
{
    private readonly IEventRequester? _sender;
    private readonly BroadcastTarget _target;
    private readonly TimeSpan? _timeout;

    internal AckStreamOperator(IEventRequester? sender, in BroadcastTarget target, TimeSpan? timeout)
    {
        _sender = sender;
        _target = target;
        _timeout = timeout;
    }

    internal AckStream<TAck> StreamAcks<TPacket, TAck>(in TPacket packet, Func<EncodedValue, TAck> readAck)
        where TPacket : struct, IPacket
        => _sender.OrThrow().StreamAcks(_target, in packet, readAck, _timeout);
}

/// <summary>Checks how long a request may wait for acks. The time travels with the request, in milliseconds.</summary>
internal static class RequestTimeout
{
    /// <summary>Checks a timeout that may be left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public static TimeSpan? Checked(TimeSpan? timeout, [CallerArgumentExpression(nameof(timeout))] string? parameter = null) =>
        timeout is { } time ? Checked(time, parameter) : null;

    /// <exception cref="ArgumentOutOfRangeException">The timeout is out of range.</exception>
    public static TimeSpan Checked(TimeSpan timeout, [CallerArgumentExpression(nameof(timeout))] string? parameter = null)
    {
        if (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(
                parameter, timeout, $"A timeout must be longer than zero and at most {int.MaxValue} milliseconds.");
        return timeout;
    }
}
