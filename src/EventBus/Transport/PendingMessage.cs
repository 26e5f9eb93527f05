using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// An outgoing message and the task that its caller awaits. Pooled: it returns to the pool when both the pipeline and the caller have
/// released it.
/// </summary>
internal sealed class PendingMessage : IValueTaskSource
{
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<PendingMessage> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };
    private OutgoingMessage? _message;
    private CancellationTokenRegistration _cancellation;
    private PublishQueue? _queue; // set if the message can be cancelled
    private bool _isCompleted;
    private int _holders;

    private PendingMessage() => Node = new LinkedListNode<PendingMessage>(this);

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<PendingMessage> Node { get; }

    public OutgoingMessage Message => _message ?? throw new InvalidOperationException("The buffers of the message were already returned.");

    /// <summary>The number of bytes that it takes in the queue.</summary>
    public int Size { get; private set; }

    /// <summary>The timestamp of the call that published it.</summary>
    public long Since { get; private set; }

    /// <summary>Whether no caller awaits it.</summary>
    public bool IsPosted { get; private set; }

    /// <summary>Whether it is published in the same transaction as the message before it.</summary>
    public bool JoinsPrevious { get; private set; }

    /// <summary>Whether its task has completed.</summary>
    public bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Completes when the message has an outcome.</summary>
    public ValueTask Completion => new(this, _completion.Version);

    public static PendingMessage Rent(OutgoingMessage message, long since, bool isPosted, bool joinsPrevious = false)
    {
        if (!Pool.TryDequeue(out var pending))
            pending = new PendingMessage();
        pending._message = message;
        pending._isCompleted = false;
        pending._holders = isPosted ? 1 : 2;
        pending.Size = message.Size;
        pending.Since = since;
        pending.IsPosted = isPosted;
        pending.JoinsPrevious = joinsPrevious;
        return pending;
    }

    /// <summary>Makes the queue cancel it when the token is cancelled.</summary>
    public void CancelBy(PublishQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingMessage)state!)._queue!.Cancel((PendingMessage)state, token), this);
    }

    /// <summary>Passes the ownership of the message to the operation that still uses its buffers.</summary>
    public void DetachMessage() => _message = null;

    /// <summary>Returns the buffers of the message.</summary>
    public void DisposeMessage() => Interlocked.Exchange(ref _message, null)?.Dispose();

    /// <summary>
    /// Completes the task, with a failure or without one. Only the first call counts. The caller that awaits it may return the object to
    /// the pool at once.
    /// </summary>
    public void Complete(Exception? failure)
    {
        if (Interlocked.Exchange(ref _isCompleted, true) || IsPosted)
            return;
        if (failure is null)
            _completion.SetResult(true);
        else
            _completion.SetException(failure);
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
        _completion.Reset();
        if (Pool.Count < MaxPooled)
            Pool.Enqueue(this);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _completion.GetResult(token);
        }
        finally
        {
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);
}
