using System.Buffers;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Delivers the notifications that the listener has read, strictly in order, while attachments are read ahead in batches.
/// </summary>
/// <remarks>
/// One loop accepts each notification, and delivers its message at once or defers it: a message is deferred if it is an attachment, or
/// behind a message that is not ready. The loop never waits for an attachment while there is something else to do.
/// </remarks>
internal sealed class NotificationPump : IAsyncDisposable
{
    private readonly ReceiveQueue<Notification> _queue;
    private readonly MessageDelivery _delivery;
    private readonly SequenceTracker _tracker;
    private readonly TimeProvider _time;
    private readonly AttachmentReadAhead _attachments;
    private readonly string _ownSource;
    private readonly string _beforeOwnNumber;
    private readonly Action _attachmentSeen;
    private readonly Queue<Deferred> _deferred = new(); // everything from the first attachment that is not ready
    private readonly CancellationTokenSource _stopping = new();
    private readonly EventRecognizer _recognizer = new();
    private readonly ClusterMessage _event = new(); // used again for each event that is delivered at once
    private byte[] _buffer = new byte[16 * 1024];
    private Task? _loop;
    private int _takenInTurn;
    private bool _isDisposed;

    /// <param name="queue">The notifications that the listener has read.</param>
    /// <param name="receiver">Receives the messages.</param>
    /// <param name="ownSource">The source of this node, whose own attachments are not read back.</param>
    /// <param name="attachments">Reads attachments ahead. The pump disposes it.</param>
    /// <param name="attachmentSeen">Called when a notification of an attachment is received.</param>
    /// <param name="tracker">Compares the numbers. The pump disposes it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    public NotificationPump(
        ReceiveQueue<Notification> queue,
        ITransportReceiver receiver,
        string ownSource,
        AttachmentReadAhead attachments,
        Action attachmentSeen,
        SequenceTracker tracker,
        TimeProvider time,
        BusDiagnostics diagnostics)
    {
        _queue = queue;
        _delivery = new MessageDelivery(receiver, diagnostics);
        _tracker = tracker;
        _time = time;
        _attachments = attachments;
        _ownSource = ownSource;
        _beforeOwnNumber = NumberTail.TextBefore(ownSource);
        _attachmentSeen = attachmentSeen;
    }

    public void Start() => _loop = BackgroundWork.Run(RunAsync);

    /// <summary>
    /// Stops counting losses in a namespace that is no longer listened to. Completes when all its received messages are delivered.
    /// </summary>
    public Task EndAsync(string busNamespace)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(new Notification(busNamespace, Payload: null, Ended: ended));
        return ended.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
            return;
        _isDisposed = true;
        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.Wake();
        if (_loop is not null)
            await _loop.ConfigureAwait(false);
        _tracker.Dispose();
        await _attachments.DisposeAsync().ConfigureAwait(false);
        foreach (var deferred in _deferred)
            deferred.Free();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (_delivery.IsCongested)
                    await PauseAsync().ConfigureAwait(false);
                else if (!TryGoOn())
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
        while (_queue.TryTakeStateChange(out var change))
            _delivery.Report(change);
        if (_tracker.IsDue)
            _tracker.Settle(_delivery.ReportGap);
        DeliverReady();
        _attachments.StartIfDue();
        if (_queue.TryTake(out var notification))
        {
            Accept(notification);
            return true;
        }

        _attachments.Start();
        return false;
    }

    /// <summary>A receiver of events is too far behind: batches of attachments are still read, but nothing is delivered.</summary>
    private async Task PauseAsync()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, _queue.Overrun);
        await _delivery.WaitUntilRelievedAsync(giveUp.Token).ConfigureAwait(false);
    }

    private void Accept(in Notification notification)
    {
        if (notification.Payload is not { } payload)
        {
            _tracker.Forget(notification.Namespace);
            _deferred.Enqueue(new Deferred { Ended = notification.Ended });
            return;
        }

        // This node has delivered its own events when it sent them.
        if (NumberTail.IsBroadcastOf(payload, _beforeOwnNumber))
        {
            _delivery.ReportOwn(notification.Namespace);
            _queue.MarkDelivered();
            return;
        }

        _delivery.Taken(notification.Arrived);

        // A deferred message needs a buffer of its own; all others share the buffer of the pump.
        var isDeferred = _deferred.Count > 0;
        var most = Encoding.UTF8.GetMaxByteCount(payload.Length);
        var rented = isDeferred ? ArrayPool<byte>.Shared.Rent(most) : null;
        if (_buffer.Length < most)
            _buffer = new byte[most];
        try
        {
            var buffer = rented ?? _buffer;
            var bytes = buffer.AsMemory(0, Encoding.UTF8.GetBytes(payload, buffer));
            var message = _recognizer.Decode(bytes, notification.Namespace, out var header, isDeferred ? null : _event);
            if (message is null)
            {
                Defer(header, notification);
            }
            else
            {
                message.Pid = notification.Pid;
                message.Arrived = notification.Arrived;
                DeliverOrDefer(message, ref rented);
            }
        }
        catch (Exception exception) // Any role of the database can send a notification, so the pump goes on.
        {
            _delivery.ReportMalformed(exception);
            _queue.MarkDelivered();
        }
        finally
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void DeliverOrDefer(ClusterMessage message, ref byte[]? rented)
    {
        if (!IsInOrder(message.Key, message.Type, message.Namespace, message.Pid, out var lost))
            return;

        if (_deferred.Count == 0)
        {
            Deliver(message, lost);
            return;
        }

        _deferred.Enqueue(new Deferred { Message = message, Buffer = rented, Lost = lost });
        rented = null;
    }

    private void Defer(in AttachmentHeader header, in Notification notification)
    {
        _attachmentSeen();
        if (header.Key is { UniqueId: null } && header.Key.Source == _ownSource)
        {
            _delivery.ReportOwn(notification.Namespace);
            _queue.MarkDelivered();
        }
        else if (IsInOrder(header.Key, header.Type, notification.Namespace, notification.Pid, out var lost))
            Defer(header, notification, lost);
    }

    private void Defer(in AttachmentHeader header, in Notification notification, long lost)
    {
        // Every node receives every response. Only the responses to open requests are read.
        if (!_delivery.IsAwaited(header.Type, notification.Namespace))
        {
            _delivery.ReportGap(header.Key.Source, notification.Namespace, lost);
            _queue.MarkDelivered();
            return;
        }

        _deferred.Enqueue(new Deferred
        {
            Header = header,
            Namespace = notification.Namespace,
            Pid = notification.Pid,
            Arrived = notification.Arrived,
            Attachment = _attachments.Add(header.AttachmentId, notification.Pid, out var place),
            Place = place,
            Lost = lost,
        });
    }

    private bool IsInOrder(in SequenceKey key, MessageType type, string busNamespace, int pid, out long lost)
    {
        if (_tracker.TryAccept(key, type.IsEvent(), busNamespace, pid, out lost))
            return true;
        _delivery.ReportLate(key, busNamespace);
        _queue.MarkDelivered();
        return false;
    }

    private void DeliverReady()
    {
        while (!_delivery.IsCongested && _deferred.TryPeek(out var next))
        {
            if (next.Attachment is { IsReady: false } attachment)
            {
                _attachments.SetNext(attachment);
                return;
            }

            if (next.Attachment is { Failure: not null } failed && _attachments.TryRepeat(ref failed, next.Place, next.Pid))
            {
                next.Attachment = failed;
                continue;
            }

            _deferred.Dequeue();
            if (next.Attachment is not null)
                DeliverAttachment(next, next.Attachment);
            else if (next.Message is not null)
                Deliver(next.Message, next.Lost);
            else
                End(next);
            next.Free();
        }
    }

    private void DeliverAttachment(Deferred deferred, AttachmentFetch attachment)
    {
        var header = deferred.Header;
        var opened = attachment.Failure is null ? attachment.Open(deferred.Namespace) : null;
        if (opened?.MessageOf(header, attachment.Bytes) is not { } message)
        {
            var failure = attachment.Failure ?? opened?.Failure ?? header.OtherMessage;
            _delivery.ReportLost(header, deferred.Namespace, deferred.Lost, failure);
            if (attachment.IsMissing)
                _attachments.KeepMissing(header.AttachmentId, deferred.Pid);
            _queue.MarkDelivered();
        }
        else if (opened.IsDelivered)
        {
            _delivery.ReportGap(header.Key.Source, deferred.Namespace, deferred.Lost);
            _delivery.ReportLate(header.Key, deferred.Namespace);
            _queue.MarkDelivered();
        }
        else
        {
            opened.IsDelivered = true;
            message.Pid = deferred.Pid;
            message.Arrived = deferred.Arrived;
            Deliver(message, deferred.Lost);
        }

        _attachments.Release(attachment);
    }

    private void Deliver(ClusterMessage message, long lost)
    {
        _delivery.Deliver(message, lost);
        _queue.MarkDelivered();
    }

    private void End(Deferred deferred)
    {
        deferred.Ended!.SetResult();
        _queue.MarkDelivered();
    }
}

/// <summary>A message whose turn has not come: an attachment, a message behind one, or the end of listening to a namespace.</summary>
internal sealed class Deferred
{
    public TaskCompletionSource? Ended { get; init; }

    public ClusterMessage? Message { get; init; }

    public byte[]? Buffer { get; init; }

    public AttachmentHeader Header { get; init; }

    public string Namespace { get; init; } = "";

    /// <summary>The backend that has sent the header.</summary>
    public int Pid { get; init; }

    /// <summary>When the header arrived; 0 if nobody measures it.</summary>
    public long Arrived { get; init; }

    public AttachmentFetch? Attachment { get; set; }

    /// <summary>The place of the header among all.</summary>
    public long Place { get; init; }

    /// <summary>The number of events that are missing before it.</summary>
    public long Lost { get; init; }

    public void Free()
    {
        if (Buffer is not null)
            ArrayPool<byte>.Shared.Return(Buffer);
    }
}
