using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The order and the bounds of a <see cref="PublishQueue"/>: the messages that have entered, and behind them the messages that wait for a
/// place. Not thread-safe: the queue's lock guards it.
/// </summary>
internal sealed class PublishBacklog(int maxMessages, int maxBytes, int maxWaitingBytes)
{
    /// <summary>The bytes that a waiting message counts beside its own: its entry, and the task of its caller.</summary>
    public const int BytesPerWaiting = 512;

    private readonly MessageNumbers _numbers = new();
    private readonly LinkedList<PendingMessage> _entered = [];
    private readonly LinkedList<PendingMessage> _waiting = [];
    private int _messages; // entered, or taken and not released yet
    private long _bytes;
    private long _waitingBytes;
    private int _taken;

    /// <summary>Whether no message has entered.</summary>
    public bool IsEmpty => _entered.Count == 0;

    /// <summary>Whether no message is queued or taken.</summary>
    public bool IsDrained => _taken == 0 && _entered.Count == 0 && _waiting.Count == 0;

    /// <summary>The message that has been queued for the longest time.</summary>
    public PendingMessage? Oldest => (_entered.First ?? _waiting.First)?.Value;

    /// <summary>Whether new messages would enter at once.</summary>
    public bool HasPlace(int messages, long bytes) => _waiting.Count == 0 && Fits(messages, bytes);

    /// <summary>Whether a message may be added: it would enter at once, or the waiting messages do not hold too many bytes.</summary>
    public bool CanAdd(int size) =>
        HasPlace(1, size) || _waiting.Count == 0 || _waitingBytes + size + BytesPerWaiting <= maxWaitingBytes;

    /// <summary>Adds a message, which waits if there is no place for it.</summary>
    public void Add(PendingMessage pending)
    {
        if (HasPlace(1, pending.Size))
            Enter(pending);
        else
            Wait(pending);
    }

    /// <summary>Adds a message behind all others, even beyond the bounds.</summary>
    public void AddBeyondBounds(PendingMessage pending)
    {
        if (_waiting.Count == 0)
            Enter(pending);
        else
            Wait(pending);
    }

    /// <inheritdoc cref="PublishQueue.Take"/>
    public void Take(List<PendingMessage> batch, int limit, bool isRepeated)
    {
        var bytes = 0L;
        while (_entered.First is { Value: var first } && batch.Count < limit)
        {
            if (isRepeated && batch.Count > 0 && batch[0].Message.IsAttached != first.Message.IsAttached)
                return;
            var (count, size) = isRepeated ? (1, first.Size) : MeasureGroup(first.Node);
            if (batch.Count > 0 && (batch.Count + count > limit || bytes + size > PublishQueue.BatchBytes))
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

    /// <inheritdoc cref="PublishQueue.TakeAttached"/>
    public void TakeAttached(List<PendingMessage> batch, int first)
    {
        for (var node = _entered.First; node is not null && first > 0; first--)
        {
            var next = node.Next;
            if (node.Value.Message.IsAttached)
                Remove(node.Value, batch);
            node = next;
        }
    }

    /// <summary>Takes the messages that were queued for a timeout or longer.</summary>
    public void TakeExpired(List<PendingMessage> expired, TimeProvider time, TimeSpan timeout)
    {
        var now = time.GetTimestamp();
        foreach (var list in (ReadOnlySpan<LinkedList<PendingMessage>>)[_entered, _waiting])
        {
            while (list.First is { Value: var first } && time.GetElapsedTime(first.Since, now) >= timeout)
                Remove(first, expired);
        }
    }

    /// <summary>Takes all messages.</summary>
    public void TakeAll(List<PendingMessage> batch)
    {
        foreach (var list in (ReadOnlySpan<LinkedList<PendingMessage>>)[_entered, _waiting])
        {
            while (list.First is { Value: var first })
                Remove(first, batch);
        }
    }

    /// <summary>Returns a taken message to the front.</summary>
    public void PutBack(PendingMessage pending)
    {
        _taken--;
        _entered.AddFirst(pending.Node);
    }

    /// <summary>Removes a message that was not taken.</summary>
    /// <returns>False if it was taken or removed before.</returns>
    public bool TryWithdraw(PendingMessage pending)
    {
        if (pending.Node.List is not { } list)
            return false;
        if (list == _entered)
        {
            list.Remove(pending.Node);
            Leave(1, pending.Size);
        }
        else
        {
            EndWait(pending);
            Leave(0, 0);
        }

        return true;
    }

    /// <summary>Frees the places of messages that were taken.</summary>
    public void Release(List<PendingMessage> batch)
    {
        _taken -= batch.Count;
        var bytes = 0L;
        foreach (var pending in batch)
            bytes += pending.Size;
        Leave(batch.Count, bytes);
    }

    private bool Fits(int messages, long bytes) =>
        _messages == 0 || (_messages + messages <= maxMessages && _bytes + bytes <= maxBytes);

    private void Enter(PendingMessage pending)
    {
        _numbers.Number(pending.Message);
        _messages++;
        _bytes += pending.Size;
        _entered.AddLast(pending.Node);
    }

    private void Leave(int messages, long bytes)
    {
        _messages -= messages;
        _bytes -= bytes;
        while (_waiting.First is { Value: var first } && Fits(1, first.Size))
        {
            EndWait(first);
            Enter(first);
        }
    }

    private void Remove(PendingMessage pending, List<PendingMessage> into)
    {
        if (pending.Node.List == _waiting)
        {
            // It was not counted yet, and Release will subtract it.
            _messages++;
            _bytes += pending.Size;
            EndWait(pending);
        }
        else
        {
            _entered.Remove(pending.Node);
        }

        _taken++;
        into.Add(pending);
    }

    private void Wait(PendingMessage pending)
    {
        _waiting.AddLast(pending.Node);
        _waitingBytes += pending.Size + BytesPerWaiting;
    }

    private void EndWait(PendingMessage pending)
    {
        _waiting.Remove(pending.Node);
        _waitingBytes -= pending.Size + BytesPerWaiting;
    }

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
}

/// <summary>
/// Numbers messages in the order in which they enter. Events are counted per channel from 1; any other message repeats the number of the
/// last event. Each message also has an ordinal, counted over all channels.
/// </summary>
internal sealed class MessageNumbers
{
    private readonly Dictionary<string, long> _lastEvents = [];
    private long _lastOrdinal;

    public void Number(OutgoingMessage message)
    {
        var lastEvent = _lastEvents.GetValueOrDefault(message.Channel);
        if (message.IsEvent)
            _lastEvents[message.Channel] = ++lastEvent;
        message.Number(lastEvent, ++_lastOrdinal);
    }
}
