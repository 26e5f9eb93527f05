using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace EventBus.Transport;

/// <summary>
/// The task of an emit that waits for its message to be published. Pooled: it returns to the pool when both the pipeline and the caller
/// have released it.
/// </summary>
internal sealed class PublishCompletion : IValueTaskSource
{
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<PublishCompletion> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private PublishQueue? _queue; // set if the message can be cancelled
    private bool _isCompleted;
    private int _holders;

    private PublishCompletion()
    {
    }

    /// <summary>The message, as long as the pipeline has it. Guarded by the queue's lock.</summary>
    public PendingMessage? Pending { get; set; }

    /// <summary>Whether the task has completed.</summary>
    public bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Completes when the message has an outcome. Await it once.</summary>
    public ValueTask Task => new(this, _core.Version);

    public static PublishCompletion Rent()
    {
        if (!Pool.TryDequeue(out var completion))
            completion = new PublishCompletion();
        completion._isCompleted = false;
        completion._holders = 2;
        return completion;
    }

    /// <summary>Makes the queue cancel the message when the token is cancelled.</summary>
    public void CancelBy(PublishQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((PublishCompletion)state!)._queue!.Cancel((PublishCompletion)state, token), this);
    }

    /// <summary>
    /// Completes the task, with a failure or without one. Only the first call counts. The caller that awaits it may return the object to
    /// the pool at once.
    /// </summary>
    public void Complete(Exception? failure)
    {
        if (Interlocked.Exchange(ref _isCompleted, true))
            return;
        if (failure is null)
            _core.SetResult(true);
        else
            _core.SetException(failure);
    }

    /// <summary>Called once by the pipeline and once by the caller that awaits it, when they no longer use it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;

        // If the callback has begun it still uses the object, which is then left to the garbage collector.
        if (_queue is not null && !_cancellation.Unregister())
            return;

        _queue = null;
        _cancellation = default;
        _core.Reset();
        if (Pool.Count < MaxPooled)
            Pool.Enqueue(this);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
