using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>A message on its way out, and the task of whoever waits for it. Pooled: it goes back when the pipeline and the waiting caller have both let go of it.</summary>
internal sealed class PendingMessage : IValueTaskSource
{
    private const int MaxPooled = 1024;
    private static readonly ConcurrentQueue<PendingMessage> Pool = new();

    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };
    private OutgoingMessage? _message;
    private CancellationTokenRegistration _cancellation;
    private PublishQueue? _queue; // where it can be cancelled
    private bool _isCompleted;
    private int _holders;

    private PendingMessage() => Node = new LinkedListNode<PendingMessage>(this);

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<PendingMessage> Node { get; }

    public OutgoingMessage Message => _message ?? throw new InvalidOperationException("The message's buffers were given back.");

    /// <summary>How many bytes it counts for in the queue.</summary>
    public int Size { get; private set; }

    /// <summary>The timestamp of the call that published it.</summary>
    public long Since { get; private set; }

    /// <summary>Whether nobody waits for it.</summary>
    public bool IsPosted { get; private set; }

    /// <summary>Whether it goes out in the same transaction as the message before it.</summary>
    public bool JoinsPrevious { get; private set; }

    /// <summary>Whether the waiting has ended.</summary>
    public bool IsCompleted => Volatile.Read(ref _isCompleted);

    /// <summary>Completes when the message is out.</summary>
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

    /// <summary>Has the queue cancel it when the token is cancelled.</summary>
    public void CancelBy(PublishQueue queue, CancellationToken cancellationToken)
    {
        _queue = queue;
        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((PendingMessage)state!)._queue!.Cancel((PendingMessage)state, token), this);
    }

    /// <summary>Leaves the message to whoever still uses its buffers.</summary>
    public void DetachMessage() => _message = null;

    /// <summary>Gives the message's buffers back.</summary>
    public void DisposeMessage() => Interlocked.Exchange(ref _message, null)?.Dispose();

    /// <summary>Ends the waiting, well or with a failure; only the first end counts. The caller may take the object back to the pool at once.</summary>
    public void Complete(Exception? failure)
    {
        if (Interlocked.Exchange(ref _isCompleted, true) || IsPosted)
            return;
        if (failure is null)
            _completion.SetResult(true);
        else
            _completion.SetException(failure);
    }

    /// <summary>The pipeline, or the waiting caller, lets go of it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0)
            return;

        // A callback that has begun still holds it; then it is left to the garbage collector.
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
