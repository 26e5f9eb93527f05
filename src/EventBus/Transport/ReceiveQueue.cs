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
    private readonly ConcurrentQueue<Action<ITransportReceiver>> _stateChanges = new();
    private readonly AsyncSignal _arrived = new(isInline: false);
    private readonly AsyncSignal _halfDelivered = new(isInline: false);
    private volatile CancellationTokenSource _overrun = new();
    private int _waiting;
    private long _delivered;

    /// <summary>The number of notifications that are not delivered yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public bool IsFull => Waiting >= capacity;

    /// <summary>Whether more than half of the places are taken.</summary>
    public bool IsOverHalf => Waiting > capacity / 2;

    /// <inheritdoc cref="ITransport.Progress"/>
    public ReceptionProgress Progress
    {
        get
        {
            // In this order a notification that is delivered meanwhile is not counted as received twice.
            var delivered = Volatile.Read(ref _delivered);
            return new ReceptionProgress(delivered + Waiting, delivered, IsOverHalf || IsOverrun);
        }
    }

    /// <summary>Whether the listener reads although the queue is, or was, full.</summary>
    public bool IsOverrun => _overrun.IsCancellationRequested;

    /// <summary>Cancelled while <see cref="IsOverrun"/> is true: the pump must not wait for a receiver then.</summary>
    public CancellationToken Overrun => _overrun.Token;

    public void Add(in TNotification notification)
    {
        Interlocked.Increment(ref _waiting);
        _notifications.Enqueue(notification);
        _arrived.Set();
    }

    /// <summary>Adds a state change that the pump reports to the receiver. It takes no place among the notifications.</summary>
    public void AddStateChange(Action<ITransportReceiver> change)
    {
        _stateChanges.Enqueue(change);
        _arrived.Set();
    }

    public bool TryTake(out TNotification notification) => _notifications.TryDequeue(out notification);

    public bool TryTakeStateChange([MaybeNullWhen(false)] out Action<ITransportReceiver> change) => _stateChanges.TryDequeue(out change);

    /// <summary>Frees the place of a notification that was taken and is delivered.</summary>
    public void MarkDelivered()
    {
        var waiting = Interlocked.Decrement(ref _waiting);
        Interlocked.Increment(ref _delivered);
        if (waiting == capacity / 2)
            _halfDelivered.Set();
    }

    /// <summary>Completes when a notification or a state change has arrived, or <see cref="Wake"/> was called.</summary>
    public ValueTask WaitAsync() => _arrived.WaitAsync();

    /// <summary>Wakes the pump.</summary>
    public void Wake() => _arrived.Set();

    /// <summary>Completes when half of the places are free, or <see cref="WakeListener"/> was called.</summary>
    public ValueTask WaitUntilHalfDeliveredAsync() => _halfDelivered.WaitAsync();

    /// <summary>Wakes a listener that pauses.</summary>
    public void WakeListener() => _halfDelivered.Set();

    /// <summary>The listener reads on although the queue is full.</summary>
    public Task BeginOverrunAsync() => _overrun.CancelAsync();

    /// <summary>The queue has places again.</summary>
    /// <remarks>The cancelled source is not disposed: the pump may be reading its token. It has no timer, so it holds nothing.</remarks>
    public void EndOverrun() => _overrun = new CancellationTokenSource();

    public void Dispose() => _overrun.Dispose();
}
