using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The ordered queue in front of a publisher, bounded in messages and bytes. A message has its number when it has entered; where it is full, callers wait
/// before it in the order of their calls. Many threads enter, one loop takes.
/// </summary>
internal sealed class PublishQueue(int maxMessages, int maxBytes, TimeSpan timeout, TimeProvider time)
{
    /// <summary>How many messages go out in one statement: beyond it a statement costs as much per message as one more statement would.</summary>
    public const int BatchMessages = 256;

    /// <summary>How many bytes go out in one statement; one message alone may be larger.</summary>
    public const int BatchBytes = 1024 * 1024;

    /// <summary>What timers and sums of times can take with ease.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private readonly MessageNumbers _numbers = new();
    private readonly LinkedList<PendingMessage> _entered = [];
    private readonly LinkedList<PendingMessage> _before = [];
    private readonly AsyncSignal _changed = new(isInline: true); // Whoever finds the loop idle does its work up to the socket.
    private TaskCompletionSource? _drained;
    private int _messages; // entered, or taken and not released yet
    private long _bytes;
    private int _taken;
    private bool _isClosed;

    /// <summary>How long a message may wait until it has gone out.</summary>
    public TimeSpan Timeout { get; } = timeout < LongestTimeout ? timeout : LongestTimeout;

    /// <summary>Whether no more messages are taken.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _isClosed;
        }
    }

    /// <summary>Whether nothing has entered.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_lock)
                return _entered.Count == 0;
        }
    }

    /// <summary>Enters a message, or has it wait for a place.</summary>
    /// <exception cref="EventBusClosedException">No more messages are taken.</exception>
    public ValueTask EnqueueAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            message.Dispose();
            return ValueTask.FromCanceled(cancellationToken);
        }

        PendingMessage pending;
        lock (_lock)
        {
            if (_isClosed)
            {
                message.Dispose();
                return ValueTask.FromException(new EventBusClosedException("The bus or publisher is closed: it publishes no more."));
            }

            pending = PendingMessage.Rent(message, time.GetTimestamp(), isPosted: false);
            if (_before.Count == 0 && HasPlace(1, pending.Size))
                Enter(pending);
            else
                _before.AddLast(pending.Node);
        }

        var completion = pending.Completion;
        if (cancellationToken.CanBeCanceled)
            pending.CancelBy(this, cancellationToken);
        _changed.Set();
        return completion;
    }

    /// <summary>Enters messages that go out together, or none of them where there is no place.</summary>
    public bool TryPost(ReadOnlySpan<OutgoingMessage> messages)
    {
        var size = 0;
        foreach (var message in messages)
            size += message.Size;

        bool isEntered;
        lock (_lock)
        {
            isEntered = !_isClosed && _before.Count == 0 && HasPlace(messages.Length, size);
            var since = time.GetTimestamp();
            for (var i = 0; isEntered && i < messages.Length; i++)
                Enter(PendingMessage.Rent(messages[i], since, isPosted: true, joinsPrevious: i > 0));
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

    /// <summary>Has messages go out together after all others, whatever the bounds, and takes no more.</summary>
    public void PostLast(ReadOnlySpan<OutgoingMessage> messages)
    {
        bool wasClosed;
        lock (_lock)
        {
            wasClosed = _isClosed;
            _isClosed = true;
            var since = time.GetTimestamp();
            for (var i = 0; !wasClosed && i < messages.Length; i++)
            {
                var pending = PendingMessage.Rent(messages[i], since, isPosted: true, joinsPrevious: i > 0);
                if (_before.Count == 0)
                    Enter(pending);
                else
                    _before.AddLast(pending.Node);
            }
        }

        _changed.Set();
        for (var i = 0; wasClosed && i < messages.Length; i++)
            messages[i].Dispose();
    }

    /// <summary>Completes when something has entered, or <see cref="Wake"/> was called.</summary>
    public ValueTask WaitAsync() => _changed.WaitAsync();

    /// <summary>Wakes the loop.</summary>
    public void Wake() => _changed.Set();

    /// <summary>Takes what goes out next, in one statement. Messages posted together stay together, unless a bad one among them is sought.</summary>
    public void Take(List<PendingMessage> batch, int limit = BatchMessages, bool splitGroups = false)
    {
        lock (_lock)
        {
            var bytes = 0L;
            while (_entered.First is { Value: var first } && batch.Count < limit)
            {
                var (count, size) = splitGroups ? (1, first.Size) : MeasureGroup(first.Node);
                if (batch.Count > 0 && (batch.Count + count > limit || bytes + size > BatchBytes))
                    return;
                bytes += size;
                _taken += count;
                for (; count > 0; count--)
                {
                    batch.Add(_entered.First!.Value);
                    _entered.RemoveFirst();
                }
            }
        }
    }

    /// <summary>Takes what has waited too long.</summary>
    public void TakeExpired(List<PendingMessage> expired)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            foreach (var list in (ReadOnlySpan<LinkedList<PendingMessage>>)[_entered, _before])
            {
                while (list.First is { Value: var first } && time.GetElapsedTime(first.Since, now) >= Timeout)
                    Remove(first, expired);
            }
        }
    }

    /// <summary>Takes everything, because nothing will go out any more.</summary>
    public void TakeAll(List<PendingMessage> batch)
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var list in (ReadOnlySpan<LinkedList<PendingMessage>>)[_entered, _before])
            {
                while (list.First is { Value: var first })
                    Remove(first, batch);
            }
        }
    }

    /// <summary>Puts what was taken back to the front, in its order, because it did not go out. What was cancelled meanwhile is withdrawn.</summary>
    public void PutBack(List<PendingMessage> batch)
    {
        var withdrawn = batch.FindAll(static pending => pending.IsCompleted);
        lock (_lock)
        {
            for (var i = batch.Count - 1; i >= 0; i--)
            {
                if (withdrawn.Contains(batch[i]))
                    continue;
                _taken--;
                _entered.AddFirst(batch[i].Node);
            }
        }

        Complete(withdrawn);
    }

    /// <summary>Ends messages that were taken, gives back their buffers and makes place for those that wait.</summary>
    public void Complete(List<PendingMessage> batch, Func<Exception>? failure = null)
    {
        foreach (var pending in batch)
            pending.DisposeMessage();
        Forget(batch);
        foreach (var pending in batch)
        {
            pending.Complete(failure?.Invoke());
            pending.Release();
        }
    }

    /// <summary>How long it is until a message will have waited too long; the whole time where none waits.</summary>
    public TimeSpan UntilExpiry()
    {
        lock (_lock)
        {
            var oldest = _entered.First ?? _before.First;
            var left = oldest is null ? Timeout : Timeout - time.GetElapsedTime(oldest.Value.Since);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Takes no more messages; completes when all have gone.</summary>
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

    /// <summary>Withdraws a message that has not been taken; of one that has, only the waiting ends.</summary>
    public void Cancel(PendingMessage pending, CancellationToken cancellationToken)
    {
        var isWithdrawn = false;
        lock (_lock)
        {
            if (pending.Node.List is { } list)
            {
                list.Remove(pending.Node);
                isWithdrawn = true;
                Leave(list == _entered ? 1 : 0, list == _entered ? pending.Size : 0);
                CheckDrained();
            }
        }

        if (isWithdrawn)
            pending.DisposeMessage();
        pending.Complete(new OperationCanceledException(cancellationToken));
        if (isWithdrawn)
            pending.Release();
        _changed.Set();
    }

    private void Forget(List<PendingMessage> batch)
    {
        lock (_lock)
        {
            _taken -= batch.Count;
            var bytes = 0L;
            foreach (var pending in batch)
                bytes += pending.Size;
            Leave(batch.Count, bytes);
            CheckDrained();
        }
    }

    private void Remove(PendingMessage pending, List<PendingMessage> into)
    {
        if (pending.Node.List == _before)
        {
            // It never counted; Complete will count it out.
            _messages++;
            _bytes += pending.Size;
        }

        pending.Node.List!.Remove(pending.Node);
        _taken++;
        into.Add(pending);
    }

    private void Leave(int messages, long bytes)
    {
        _messages -= messages;
        _bytes -= bytes;
        while (_before.First is { Value: var first } && HasPlace(1, first.Size))
        {
            _before.RemoveFirst();
            Enter(first);
        }
    }

    private void Enter(PendingMessage pending)
    {
        _numbers.Number(pending.Message);
        _messages++;
        _bytes += pending.Size;
        _entered.AddLast(pending.Node);
    }

    private bool HasPlace(int messages, long bytes) => _messages == 0 || (_messages + messages <= maxMessages && _bytes + bytes <= maxBytes);

    private static (int Count, long Size) MeasureGroup(LinkedListNode<PendingMessage> first)
    {
        var (count, size) = (1, (long)first.Value.Size);
        for (var node = first.Next; node is { Value.JoinsPrevious: true }; node = node.Next)
        {
            count++;
            size += node.Value.Size;
        }

        return (count, size);
    }

    private void CheckDrained()
    {
        if (_isClosed && _taken == 0 && _entered.Count == 0 && _before.Count == 0)
            _drained?.TrySetResult();
    }
}
