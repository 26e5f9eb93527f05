using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.InMemory;

/// <summary>Hands over what the listener has received, one by one and in order.</summary>
internal sealed class InMemoryPump : IAsyncDisposable
{
    private readonly InMemoryDatabase _database;
    private readonly ReceiveQueue<StoredNotification> _queue;
    private readonly string _ownSource;
    private readonly SequenceTracker _tracker;
    private readonly MessageHandover _handover;
    private readonly Task _loop;
    private readonly CancellationTokenSource _stopping = new();

    public InMemoryPump(
        InMemoryDatabase database, ReceiveQueue<StoredNotification> queue, ITransportReceiver receiver, string ownSource, TimeProvider time, BusDiagnostics diagnostics)
    {
        _database = database;
        _queue = queue;
        _ownSource = ownSource;
        _tracker = new SequenceTracker(ownSource, time, diagnostics);
        _handover = new MessageHandover(receiver, diagnostics);
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Counts no losses in a namespace that is no longer listened to; completes when all that was received there was handed over.</summary>
    public Task EndAsync(string busNamespace)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(new StoredNotification(busNamespace, Payload: null, Attachment: null, ended));
        return ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.Wake();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_handover.IsCongested)
                await _handover.WaitUntilRelievedAsync(_stopping.Token).ConfigureAwait(false);

            // News is told after a notification is taken and before it is handed over: none comes after a message that it preceded.
            var isTaken = _queue.TryTake(out var notification);
            while (_queue.TryTakeNews(out var news))
                _handover.Tell(news);
            if (isTaken)
                Take(notification);
            else
                await _queue.WaitAsync().ConfigureAwait(false);
        }
    }

    private void Take(in StoredNotification notification)
    {
        try
        {
            if (notification.Payload is { } payload)
                HandOver(notification, payload);
            else
                End(notification);
        }
        catch (Exception exception) // Whatever a stranger sends, the pump goes on.
        {
            _handover.ReportMalformed(exception);
        }

        _queue.HandedOver();
        if (!_queue.IsFull)
            _database.TryAgain();
    }

    private void End(in StoredNotification notification)
    {
        _tracker.Forget(notification.Namespace);
        notification.Ended!.SetResult();
    }

    private void HandOver(in StoredNotification notification, byte[] payload)
    {
        var message = NotificationDecoder.Decode(payload, notification.Namespace, out var header);
        var (key, type) = message is null ? (header.Key, header.Type) : (message.Key, message.Type);
        if (message is null && key is { UniqueId: null } && key.Source == _ownSource)
            return;

        if (!_tracker.TryAccept(key, MessageHandover.IsEvent(type), notification.Namespace, out var lost))
            _handover.ReportLate(key, notification.Namespace);
        else if (message is not null)
            _handover.HandOver(message, lost);
        else
            HandOver(notification, header, lost);
    }

    private void HandOver(in StoredNotification notification, in AttachmentHeader header, long lost)
    {
        if (notification.Attachment?.Bytes is not { } bytes)
        {
            _handover.ReportLost(header, notification.Namespace, lost, "its row is gone");
            return;
        }

        ClusterMessage message;
        try
        {
            message = NotificationDecoder.DecodeAttachment(bytes, notification.Namespace, header);
        }
        catch (EventSerializationException exception)
        {
            _handover.ReportLost(header, notification.Namespace, lost, exception.Message);
            return;
        }

        _handover.HandOver(message, lost);
    }
}
