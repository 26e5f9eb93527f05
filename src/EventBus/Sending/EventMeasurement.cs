using System.Runtime.ExceptionServices;

namespace EventBus;

/// <summary>One event that is measured: who would send it tells what it is like.</summary>
internal sealed class EventMeasurement
{
    private MeasuredEvent? _measured;

    /// <summary>The target that measures what is sent to it.</summary>
    /// <exception cref="InvalidOperationException">The target is from nowhere.</exception>
    public BroadcastTarget Of(in BroadcastTarget target) => target with
    {
        Broadcaster = (target.Broadcaster as IMeasuringBroadcaster ?? throw new InvalidOperationException("An operator is had from an emitter, not from 'default'.")).Measuring(this),
    };

    public void Tell(MeasuredEvent measured) =>
        _measured = _measured is null ? measured : throw new InvalidOperationException("Two events were sent to be measured; send one.");

    /// <summary>What was told.</summary>
    /// <param name="sending">What the caller's function has made of it.</param>
    /// <exception cref="InvalidOperationException">No event was sent, or none yet.</exception>
    public MeasuredEvent End(Task sending)
    {
        if (sending.Exception?.InnerException is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return _measured is { } measured && sending.IsCompleted ? measured : throw new InvalidOperationException("No event was sent to be measured; send one, and wait for nothing else.");
    }
}
