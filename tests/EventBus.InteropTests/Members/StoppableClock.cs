namespace EventBus.InteropTests.Members;

/// <summary>The system's clock until it is stopped; then its timers do not fire any more.</summary>
internal sealed class StoppableClock : TimeProvider
{
    private volatile bool _isStopped;

    public void Stop() => _isStopped = true;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(
        value =>
        {
            if (!_isStopped)
                callback(value);
        },
        state, dueTime, period);
}
