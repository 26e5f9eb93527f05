using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.InMemory;

/// <summary>Delivers the notifications that the listener has received, one at a time and in order.</summary>
internal sealed class InMemoryPump : IAsyncDisposable
{
    private readonly InMemoryDatabase _database;
    private readonly ReceiveQueue<StoredNotification> _queue;
    private readonly string _ownSource;
    private readonly SequenceTracker _tracker;
    private readonly TimeProvider _time;
    private readonly MessageDelivery _delivery;
    private readonly Task _loop;
    private readonly CancellationTokenSource _stopping = new();
    private int _takenInTurn;

    public InMemoryPump(
        InMemoryDatabase database,
        ReceiveQueue<StoredNotification> queue,
        ITransportReceiver receiver,
        string ownSource,
        SequenceTracker tracker,
        TimeProvider time,
        BusDiagnostics diagnostics)
    {
        _database = database;
        _queue = queue;
        _ownSource = ownSource;
        _tracker = tracker;
        _time = time;
        _delivery = new MessageDelivery(receiver, diagnostics);
        _loop = BackgroundWork.Run(RunAsync);
    }

    /// <summary>
    /// Stops counting losses in a namespace that is no longer listened to. Completes when all its received messages are delivered.
    /// </summary>
    public Task EndAsync(string busNamespace)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(new StoredNotification(busNamespace, Payload: null, Attachment: null, Ended: ended));
        return ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.Wake();
        await _loop.ConfigureAwait(false);
        _tracker.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_delivery.IsCongested)
                    await _delivery.WaitUntilRelievedAsync(_stopping.Token).ConfigureAwait(false);
                if (!TryGoOn())
                    await _queue.WaitAsync().ConfigureAwait(false);
                else if (++_takenInTurn % BackgroundWork.EventsPerTurn == 0)
                    await Task.Yield();
            }
            catch (Exception exception) // A defect. If the loop ended here, the node would receive nothing any more.
            {
                await _delivery.ReportDefectAsync(exception, _time, _stopping.Token).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Does what can be done now.</summary>
    /// <returns>False if there is nothing to do until something arrives.</returns>
    private bool TryGoOn()
    {
        // State changes are reported between taking and delivering a notification, so that none follows a message that came after it.
        var isTaken = _queue.TryTake(out var notification);
        while (_queue.TryTakeStateChange(out var change))
            _delivery.Report(change);
        if (_tracker.IsDue)
            _tracker.Settle(_delivery.ReportGap);
        if (isTaken)
            Accept(notification);
        return isTaken;
    }

    private void Accept(in StoredNotification notification)
    {
        try
        {
            if (notification.Payload is { } payload)
                Deliver(notification, payload);
            else
                End(notification);
        }
        catch (Exception exception) // Tests can publish any bytes, so the pump goes on.
        {
            _delivery.ReportMalformed(exception);
        }

        _queue.MarkDelivered();
        if (!_queue.IsFull)
            _database.TryAgain();
    }

    private void End(in StoredNotification notification)
    {
        _tracker.Forget(notification.Namespace);
        notification.Ended!.SetResult();
    }

    private void Deliver(in StoredNotification notification, byte[] payload)
    {
        var message = NotificationDecoder.Decode(payload, notification.Namespace, out var header);
        var (key, type) = message is null ? (header.Key, header.Type) : (message.Key, message.Type);
        if (message is null && key is { UniqueId: null } && key.Source == _ownSource)
            return;

        if (!_tracker.TryAccept(key, type.IsEvent(), notification.Namespace, notification.Pid, out var lost))
            _delivery.ReportLate(key, notification.Namespace);
        else if (message is not null)
            Deliver(message, notification.Pid, lost);
        else
            DeliverAttachment(notification, header, lost);
    }

    private void DeliverAttachment(in StoredNotification notification, in AttachmentHeader header, long lost)
    {
        if (notification.Attachment?.Bytes is not { } bytes)
        {
            _delivery.ReportLost(header, notification.Namespace, lost, "its row does not exist");
            return;
        }

        ClusterMessage message;
        try
        {
            message = NotificationDecoder.DecodeAttachment(bytes, notification.Namespace, header);
        }
        catch (EventSerializationException exception)
        {
            _delivery.ReportLost(header, notification.Namespace, lost, exception.Message);
            return;
        }

        Deliver(message, notification.Pid, lost);
    }

    private void Deliver(ClusterMessage message, int pid, long lost)
    {
        message.Pid = pid;
        _delivery.Deliver(message, lost);
    }
}
