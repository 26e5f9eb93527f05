namespace EventBus;

/// <summary>Takes the event of one contract that <see cref="EventSize.Measure{TContract}"/> measures, in place of the target that it would be sent to. Nothing is sent.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
public readonly struct MeasureOperator<TContract> : ISocketTarget<TContract>, IAckTarget<TContract>
    where TContract : class
{
    private readonly BroadcastTarget _target;
    private readonly TimeSpan? _timeout;

    internal MeasureOperator(in BroadcastTarget target, TimeSpan? timeout)
    {
        _target = target;
        _timeout = timeout;
    }

    BroadcastTarget IEventTarget<TContract>.Target => _target;

    BroadcastTarget IAckTarget<TContract>.Target => _target;

    TimeSpan? IAckTarget<TContract>.Timeout => _timeout;
}
