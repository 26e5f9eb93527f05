using System.Collections.Concurrent;

namespace EventBus.Transport;

/// <summary>What the listener has read and the pump has not handed over yet. The listener stops reading while it is full.</summary>
internal sealed class ReceiveQueue<TNotification>(int capacity)
    where TNotification : struct
{
    private readonly ConcurrentQueue<TNotification> _notifications = new();
    private readonly ConcurrentQueue<Action<ITransportReceiver>> _news = new();
    private readonly AsyncSignal _arrived = new(isInline: false);
    private readonly AsyncSignal _hasRoom = new(isInline: false);
    private int _waiting;

    /// <summary>How many notifications are waiting to be handed over.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsFull => Waiting >= capacity;

    public void Add(in TNotification notification)
    {
        Interlocked.Increment(ref _waiting);
        _notifications.Enqueue(notification);
        _arrived.Set();
    }

    /// <summary>Has the pump tell the receiver something that needs no place among the messages.</summary>
    public void Tell(Action<ITransportReceiver> news)
    {
        _news.Enqueue(news);
        _arrived.Set();
    }

    public bool TryTake(out TNotification notification) => _notifications.TryDequeue(out notification);

    public bool TryTakeNews([System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Action<ITransportReceiver> news) => _news.TryDequeue(out news);

    /// <summary>Notes that one notification has been handed over.</summary>
    public void HandedOver()
    {
        if (Interlocked.Decrement(ref _waiting) == capacity / 2)
            _hasRoom.Set();
    }

    /// <summary>Completes when something has come, or <see cref="Wake"/> was called.</summary>
    public ValueTask WaitAsync() => _arrived.WaitAsync();

    /// <summary>Wakes the pump.</summary>
    public void Wake() => _arrived.Set();

    /// <summary>Completes when half of the places are free, or <see cref="WakeListener"/> was called.</summary>
    public ValueTask WaitForRoomAsync() => _hasRoom.WaitAsync();

    /// <summary>Wakes the listener that waits for room.</summary>
    public void WakeListener() => _hasRoom.Set();
}
