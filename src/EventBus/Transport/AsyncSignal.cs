using System.Threading.Tasks.Sources;

namespace EventBus.Transport;

/// <summary>Wakes one waiting loop: an automatically reset event, without allocations. Any thread may set it, one may wait.</summary>
/// <param name="isInline">
/// If true, the loop continues inside <see cref="Set"/>, on the thread of its caller, which must hold no lock, unless that thread has a
/// context that the loop must not see. If false, it continues on the thread pool.
/// </param>
internal sealed class AsyncSignal(bool isInline) : IValueTaskSource
{
    private const int Idle = 0;
    private const int IsSet = 1;
    private const int IsAwaited = 2;

    private ManualResetValueTaskSourceCore<bool> _core;
    private int _state;

    public void Set()
    {
        // The loop must see what the caller did before, or the caller that the loop has looked before. Both need a fence for that.
        Interlocked.MemoryBarrier();
        var state = Volatile.Read(ref _state);
        while (state != IsSet)
        {
            var seen = Interlocked.CompareExchange(ref _state, state == IsAwaited ? Idle : IsSet, state);
            if (seen == state)
            {
                if (state == IsAwaited)
                    Continue();
                return;
            }

            state = seen;
        }
    }

    /// <summary>Completes at the next <see cref="Set"/>, or at once if it was set since the last wait.</summary>
    public ValueTask WaitAsync()
    {
        _core.Reset();
        var seen = Interlocked.CompareExchange(ref _state, IsAwaited, Idle);
        if (seen == Idle)
            return new ValueTask(this, _core.Version);
        if (seen == IsAwaited)
            throw new InvalidOperationException("The signal is already awaited.");

        Interlocked.Exchange(ref _state, Idle);
        return ValueTask.CompletedTask;
    }

    private void Continue()
    {
        _core.RunContinuationsAsynchronously = !isInline || !BackgroundWork.MayContinueInCall;
        _core.SetResult(true);
    }

    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
