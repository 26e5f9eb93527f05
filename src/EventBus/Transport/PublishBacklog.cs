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

    /// <summary>The most entries that are kept for later messages: as many as the queue holds by default.</summary>
    private const int MaxSpare = EventBusDefaults.PublishQueueMessages;

    private readonly Stack<PendingMessage> _spare = new();
    private readonly MessageNumbers _numbers = new();
    private readonly LinkedList<PendingMessage> _entered = [];
    private readonly LinkedList<PendingMessage> _waiting = [];
    private int _messages; // entered, or taken and not released yet
    private long _bytes;
    private long _waitingBytes;
    private int _taken;

    /// <summary>The number of messages that are queued or taken.</summary>
    public int Count => _messages + _waiting.Count;

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

    /// <summary>Adds a message whose caller awaits it. It waits if there is no place for it.</summary>
    public void Add(OutgoingMessage message, long since, PublishCompletion completion)
    {
        var pending = Begin(message, since, completion, joinsPrevious: false);
        if (HasPlace(1, pending.Size))
            Enter(pending);
        else
            Wait(pending);
    }

    /// <summary>Adds messages that are published together behind all others, even beyond the bounds.</summary>
    public void AddBeyondBounds(ReadOnlySpan<OutgoingMessage> messages, long since)
    {
        for (var i = 0; i < messages.Length; i++)
        {
            var pending = Begin(messages[i], since, completion: null, joinsPrevious: i > 0);
            if (_waiting.Count == 0)
                Enter(pending);
            else
                Wait(pending);
        }
    }

    /// <inheritdoc cref="PublishQueue.Take"/>
    public void Take(List<PendingMessage> batch, int limit, bool isRepeated)
    {
        var bytes = 0L;
        while (_entered.First is { Value: var first } && batch.Count < limit)
        {
            if (isRepeated && batch.Count > 0 && batch[0].Form != first.Form)
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

    /// <inheritdoc cref="PublishQueue.TakeForm"/>
    public void TakeForm(List<PendingMessage> batch, int first, MessageForm form)
    {
        for (var node = _entered.First; node is not null && first > 0; first--)
        {
            var next = node.Next;
            if (node.Value.Form == form)
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
        var (messages, bytes) = list == _entered ? (1, pending.Size) : (0, 0);
        if (list == _entered)
            list.Remove(pending.Node);
        else
            EndWait(pending);
        End(pending);
        Leave(messages, bytes);
        return true;
    }

    /// <summary>Frees the places of messages that were taken, and ends them.</summary>
    /// <param name="batch">The messages. The list is cleared, because the entries may serve other messages at once.</param>
    /// <param name="completions">The list to which the tasks of their callers are added.</param>
    public void Release(List<PendingMessage> batch, List<PublishCompletion> completions)
    {
        var (messages, bytes) = (batch.Count, 0L);
        foreach (var pending in batch)
        {
            bytes += pending.Size;
            if (End(pending) is { } completion)
                completions.Add(completion);
        }

        batch.Clear();
        _taken -= messages;
        Leave(messages, bytes);
    }

    private PendingMessage Begin(OutgoingMessage message, long since, PublishCompletion? completion, bool joinsPrevious)
    {
        if (!_spare.TryPop(out var pending))
            pending = new PendingMessage();
        pending.Begin(message, since, completion, joinsPrevious);
        return pending;
    }

    private PublishCompletion? End(PendingMessage pending)
    {
        if (_spare.Count < MaxSpare)
            _spare.Push(pending);
        return pending.End();
    }

    private bool Fits(int messages, long bytes) =>
        _messages == 0 || (_messages + messages <= maxMessages && _bytes + bytes <= maxBytes);

    private void Enter(PendingMessage pending)
    {
        pending.Enter(_numbers);
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
    private readonly Dictionary<string, Channel> _channels = [];
    private Channel? _last;
    private long _lastOrdinal;

    /// <summary>Numbers a message.</summary>
    /// <returns>Its number on the channel.</returns>
    public long Number(OutgoingMessage message)
    {
        // Nearly always a publisher has one channel.
        var channel = _last;
        if (!ReferenceEquals(channel?.Name, message.Channel))
            _last = channel = Find(message.Channel);
        if (message.IsEvent)
            channel!.LastEvent++;
        message.Number(channel!.LastEvent, ++_lastOrdinal);
        return channel.LastEvent;
    }

    private Channel Find(string name)
    {
        if (!_channels.TryGetValue(name, out var channel))
            _channels.Add(name, channel = new Channel(name));
        return channel;
    }

    private sealed class Channel(string name)
    {
        public string Name => name;

        public long LastEvent { get; set; }
    }
}
