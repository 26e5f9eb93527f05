using System.Runtime.CompilerServices;

namespace EventBus.Transport;

/// <summary>
/// Waits for one task after another, each for a limited time. Unlike <see cref="Task.WaitAsync(TimeSpan, TimeProvider)"/> it allocates no
/// timer and no task for each wait. Not thread-safe: one loop waits.
/// </summary>
internal sealed class LimitedWait : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly AsyncSignal _changed = new(isInline: true);
    private readonly Action _wake;
    private readonly ITimer _timer;

    public LimitedWait(TimeProvider time)
    {
        _time = time;
        _wake = _changed.Set;
        _timer = time.CreateBackgroundTimer(
            static wait => ((LimitedWait)wait!)._wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when the task has ended, with any outcome, or the time has passed.</summary>
    /// <remarks>A task or timer of an earlier wait may wake this one, so the time is measured, and the task is looked at.</remarks>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask ForAsync(Task task, TimeSpan limit)
    {
        if (task.IsCompleted)
            return;
        var began = _time.GetTimestamp();
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(_wake);
        for (var left = limit; !task.IsCompleted && left > TimeSpan.Zero; left = limit - _time.GetElapsedTime(began))
        {
            _timer.Change(left, Timeout.InfiniteTimeSpan);
            await _changed.WaitAsync().ConfigureAwait(false);
        }

        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
