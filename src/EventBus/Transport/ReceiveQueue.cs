using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace EventBus.Transport;

/// <summary>
/// The notifications that the listener has read and the pump has not delivered yet. While it is full the listener pauses, for a bounded
/// time.
/// </summary>
internal sealed class ReceiveQueue<TNotification>(int capacity) : IDisposable
    where TNotification : struct
{
    private readonly ConcurrentQueue<TNotification> _notifications = new();
    private readonly ConcurrentQueue<Action<ITransportReceiver>> _news = new();
    private readonly AsyncSignal _arrived = new(isInline: false);
    private readonly AsyncSignal _halfDelivered = new(isInline: false);
    private volatile CancellationTokenSource _overrun = new();
    private int _waiting;

    /// <summary>How many notifications are waiting to be delivered.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsFull => Waiting >= capacity;

    /// <summary>Whether more than half of the places are taken.</summary>
    public bool IsOverHalf => Waiting > capacity / 2;

    /// <summary>Whether the listener reads although it is, or was, full.</summary>
    public bool IsOverrun => _overrun.IsCancellationRequested;

    /// <summary>Cancelled while <see cref="IsOverrun"/>: the pump must not wait for anything meanwhile.</summary>
    public CancellationToken Overrun => _overrun.Token;

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

    public bool TryTakeNews([MaybeNullWhen(false)] out Action<ITransportReceiver> news) => _news.TryDequeue(out news);

    /// <summary>Notes that one notification has been delivered.</summary>
    public void HandedOver()
    {
        if (Interlocked.Decrement(ref _waiting) == capacity / 2)
            _halfDelivered.Set();
    }

    /// <summary>Completes when something has come, or <see cref="Wake"/> was called.</summary>
    public ValueTask WaitAsync() => _arrived.WaitAsync();

    /// <summary>Wakes the pump.</summary>
    public void Wake() => _arrived.Set();

    /// <summary>Completes when half of the places are free, or <see cref="WakeListener"/> was called.</summary>
    public ValueTask WaitUntilHalfDeliveredAsync() => _halfDelivered.WaitAsync();

    /// <summary>Wakes the listener that pauses.</summary>
    public void WakeListener() => _halfDelivered.Set();

    /// <summary>The listener reads on although the queue is full.</summary>
    public Task BeginOverrunAsync() => _overrun.CancelAsync();

    /// <summary>The queue has places again.</summary>
    /// <remarks>The cancelled source is not disposed: the pump may be reading its token. It has no timer, so it holds nothing.</remarks>
    public void EndOverrun() => _overrun = new CancellationTokenSource();

    public void Dispose() => _overrun.Dispose();
}
