using System.Runtime.ExceptionServices;
using EventBus.Serialization;

namespace EventBus;

/// <summary>How one event with its values would travel: the result of <see cref="EventSize.Measure{TContract}"/>.</summary>
public readonly record struct MeasuredEvent
{
    /// <summary>
    /// If the event is not attached: the bytes of its notification with the longest possible number, so that it never takes more. If it is:
    /// the bytes of its attachment.
    /// </summary>
    public required int Bytes { get; init; }

    /// <summary>
    /// Whether the event may have to travel as an attachment: it holds binary, or its notification might reach
    /// <see cref="EventBusOptions.PayloadThreshold"/>. False is a promise.
    /// </summary>
    public required bool IsAttached { get; init; }
}

/// <summary>
/// Receives the event of one contract that <see cref="EventSize.Measure{TContract}"/> measures, in place of its target. Nothing is sent.
/// </summary>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct MeasureOperator<TContract> : ISocketTarget<TContract>, IAckTarget<TContract>
    where TContract : class
{
    private readonly IEventTarget<TContract>? _target;
    private readonly IAckTarget<TContract>? _ackTarget;
    private readonly EventMeasurement? _measurement;

    internal MeasureOperator(IEventTarget<TContract>? target, IAckTarget<TContract>? ackTarget, EventMeasurement measurement)
    {
        _target = target;
        _ackTarget = ackTarget;
        _measurement = measurement;
    }

    private EventMeasurement Measurement =>
        _measurement ?? throw new InvalidOperationException("Use the operator that 'EventSize.Measure' passes.");

    ValueTask IEventTarget<TContract>.EmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
    {
        Measurement.Add(Measure(in packet));
        return ValueTask.CompletedTask;
    }

    MeasuredEvent IEventTarget<TContract>.Measure<TPacket>(in TPacket packet) => Measure(in packet);

    ValueTask<Acks<TAck>> IAckTarget<TContract>.EmitWithAckAsync<TPacket, TAck>(
        in TPacket packet, Func<EncodedValue, TAck> readAck, CancellationToken cancellationToken)
    {
        Measurement.Add(MeasureWithAck(in packet));
        return ValueTask.FromResult(new Acks<TAck>([], expected: 0, missing: [], isTimedOut: false));
    }

    MeasuredEvent IAckTarget<TContract>.MeasureWithAck<TPacket>(in TPacket packet) => MeasureWithAck(in packet);

    private MeasuredEvent Measure<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => (_target ?? throw new InvalidOperationException("Send an acknowledged event: the target has been passed for one.")).Measure(
            in packet);

    private MeasuredEvent MeasureWithAck<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => (_ackTarget ?? throw new InvalidOperationException("Send a one-way event: the target has been passed for one.")).MeasureWithAck(
            in packet);
}

/// <summary>The one event that a measurement waits for.</summary>
internal sealed class EventMeasurement
{
    private MeasuredEvent? _measured;

    /// <exception cref="InvalidOperationException">It is the second event.</exception>
    public void Add(MeasuredEvent measured) => _measured = _measured is null
        ? measured
        : throw new InvalidOperationException("Two events were sent to be measured; send one.");

    /// <param name="sending">The task of the caller's function.</param>
    /// <exception cref="InvalidOperationException">The function sent no event, or has not completed.</exception>
    public MeasuredEvent Complete(Task sending)
    {
        if (sending.Exception?.InnerException is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return _measured is { } measured && sending.IsCompleted
            ? measured
            : throw new InvalidOperationException("No event was sent to be measured. Send one, and await nothing else.");
    }
}
