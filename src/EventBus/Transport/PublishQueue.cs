using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The ordered queue of a publisher, bounded in messages and bytes. Any thread may add messages; one loop takes them. A message gets its
/// number when it enters. If the queue is full, callers wait for a place, in the order of their calls; their messages are bounded in bytes,
/// too.
/// </summary>
internal sealed class PublishQueue(int maxMessages, int maxBytes, int maxWaitingBytes, TimeSpan timeout, TimeProvider time)
{
    /// <summary>The most messages of one statement: a larger one costs as much per message as a second statement would.</summary>
    public const int BatchMessages = 512;

    /// <summary>The most bytes of one statement, unless a single message is larger.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>A bound that timers and sums of times cannot exceed.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly PublishBacklog _backlog = new(maxMessages, maxBytes, maxWaitingBytes);
    private readonly List<PublishCompletion> _completions = []; // of the messages that the loop is completing
    private readonly AsyncSignal _changed = new(isInline: true); // A caller that finds the loop idle runs it up to the socket.
    private TaskCompletionSource? _drained;
    private bool _isClosed;

    /// <summary>The time within which a message must be published.</summary>
    public TimeSpan Timeout { get; } = timeout < LongestTimeout ? timeout : LongestTimeout;

    /// <summary>Whether the queue rejects new messages.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _isClosed;
        }
    }

    /// <summary>The number of messages that are queued or taken.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _backlog.Count;
        }
    }

    /// <summary>Whether no message has entered.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _backlog.IsEmpty;
        }
    }

    /// <summary>Adds a message, which waits if the queue is full. Completes when it has an outcome.</summary>
    /// <exception cref="EventBusClosedException">The queue is closed.</exception>
    /// <exception cref="EventNotSentException">The messages that wait hold too many bytes; the task fails at once.</exception>
    public ValueTask EnqueueAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            message.Dispose();
            return ValueTask.FromCanceled(cancellationToken);
        }

        PublishCompletion completion;
        lock (_lock)
        {
            if (_isClosed)
            {
                message.Dispose();
                return ValueTask.FromException(new EventBusClosedException("The bus or publisher is closed: it publishes no more."));
            }

            if (!_backlog.CanAdd(message.Size))
            {
                message.Dispose();
                return ValueTask.FromException(new EventNotSentException(
                    $"The publish queue is full, and the emits that wait for a place hold {maxWaitingBytes} bytes, which is the limit."));
            }

            completion = PublishCompletion.Rent();
            _backlog.Add(message, time.GetTimestamp(), completion);
        }

        var task = completion.Task;
        if (cancellationToken.CanBeCanceled)
            completion.CancelBy(this, cancellationToken);
        _changed.Set();
        return task;
    }

    /// <summary>Adds messages that are published together. If there is no place for all of them, none is added.</summary>
    public bool TryPost(ReadOnlySpan<OutgoingMessage> messages)
    {
        var size = 0;
        foreach (var message in messages)
            size += message.Size;

        bool isEntered;
        lock (_lock)
        {
            isEntered = !_isClosed && _backlog.HasPlace(messages.Length, size);
            if (isEntered)
                _backlog.AddBeyondBounds(messages, time.GetTimestamp());
        }

        if (isEntered)
        {
            _changed.Set();
            return true;
        }

        foreach (var message in messages)
            message.Dispose();
        return false;
    }

    /// <summary>Adds messages that are published together after all others, even if the queue is full, and closes it.</summary>
    public void PostLast(ReadOnlySpan<OutgoingMessage> messages)
    {
        bool wasClosed;
        lock (_lock)
        {
            wasClosed = _isClosed;
            _isClosed = true;
            if (!wasClosed)
                _backlog.AddBeyondBounds(messages, time.GetTimestamp());
        }

        _changed.Set();
        for (var i = 0; wasClosed && i < messages.Length; i++)
            messages[i].Dispose();
    }

    /// <summary>Completes when a message has entered, or <see cref="Wake"/> was called.</summary>
    public ValueTask WaitAsync() => _changed.WaitAsync();

    /// <summary>Wakes the loop.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Takes the messages of the next statement.</summary>
    /// <param name="batch">The list to which they are added.</param>
    /// <param name="limit">The most messages to take.</param>
    /// <param name="isRepeated">
    /// Whether the messages were rejected before. To find the rejected one, only messages of one form are then taken, and messages that
    /// were posted together may be separated.
    /// </param>
    public void Take(List<PendingMessage> batch, int limit = BatchMessages, bool isRepeated = false)
    {
        lock (_lock)
            _backlog.Take(batch, limit, isRepeated);
    }

    /// <summary>Takes the messages of one form among the first ones.</summary>
    public void TakeForm(List<PendingMessage> batch, int first, MessageForm form)
    {
        lock (_lock)
            _backlog.TakeForm(batch, first, form);
    }

    /// <summary>Takes the messages that were not published within <see cref="Timeout"/>.</summary>
    public void TakeExpired(List<PendingMessage> expired)
    {
        lock (_lock)
            _backlog.TakeExpired(expired, time, Timeout);
    }

    /// <summary>Closes the queue and takes all messages, because no more are published.</summary>
    public void TakeAll(List<PendingMessage> batch)
    {
        lock (_lock)
        {
            _isClosed = true;
            _backlog.TakeAll(batch);
        }
    }

    /// <summary>Returns taken messages to the front, in their order. Messages that were cancelled meanwhile are withdrawn.</summary>
    /// <returns>The number of returned messages.</returns>
    public int PutBack(List<PendingMessage> batch)
    {
        var withdrawn = batch.FindAll(static pending => pending.Completion is { IsCompleted: true });
        lock (_lock)
        {
            for (var i = batch.Count - 1; i >= 0; i--)
            {
                if (!withdrawn.Contains(batch[i]))
                    _backlog.PutBack(batch[i]);
            }
        }

        var returned = batch.Count - withdrawn.Count;
        Complete(withdrawn);
        return returned;
    }

    /// <summary>
    /// Completes messages that were taken, returns their buffers, frees their places and clears the batch. Only the loop calls it.
    /// </summary>
    public void Complete(List<PendingMessage> batch, Func<Exception>? failure = null)
    {
        lock (_lock)
        {
            _backlog.Release(batch, _completions);
            CheckDrained();
        }

        foreach (var completion in _completions)
        {
            completion.Complete(failure?.Invoke());
            completion.Release();
        }

        _completions.Clear();
    }

    /// <summary>The time until the next message expires; <see cref="Timeout"/> if the queue is empty.</summary>
    public TimeSpan UntilExpiry()
    {
        lock (_lock)
        {
            var left = _backlog.Oldest is { } oldest ? Timeout - time.GetElapsedTime(oldest.Since) : Timeout;
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Closes the queue. Completes when every message has an outcome.</summary>
    public Task DrainAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            _drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            CheckDrained();
            return _drained.Task;
        }
    }

    /// <summary>Withdraws a message that was not taken. If it was taken, only its caller's wait ends.</summary>
    public void Cancel(PublishCompletion completion, CancellationToken cancellationToken)
    {
        bool isWithdrawn;
        lock (_lock)
        {
            isWithdrawn = completion.Pending is { } pending && _backlog.TryWithdraw(pending);
            if (isWithdrawn)
                CheckDrained();
        }

        completion.Complete(new OperationCanceledException(cancellationToken));
        if (isWithdrawn)
            completion.Release();
        _changed.Set();
    }

    private void CheckDrained()
    {
        if (_isClosed && _backlog.IsDrained)
            _drained?.TrySetResult();
    }
}
