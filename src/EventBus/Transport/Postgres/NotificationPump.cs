using System.Buffers;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>Hands over what the listener has read, strictly in order, while attachments are read ahead in batches.</summary>
/// <remarks>One loop does everything but the reading of attachments; it never waits for one of them while there is something else to do.</remarks>
internal sealed class NotificationPump : IAsyncDisposable
{
    /// <summary>How many attachments are read by one query.</summary>
    private const int BatchAttachments = 64;

    private readonly ReceiveQueue<Notification> _queue;
    private readonly MessageHandover _handover;
    private readonly SequenceTracker _tracker;
    private readonly AttachmentReader _reader;
    private readonly AttachmentBudget _budget;
    private readonly string _ownSource;
    private readonly int _maxReads;
    private readonly Action _attachmentSeen;
    private readonly Queue<Waiting> _window = new(); // everything from the first attachment that is not ready
    private readonly List<AttachmentFetch> _wanted = [];
    private readonly List<Task> _reads = [];
    private readonly CancellationTokenSource _stopping = new();
    private byte[] _buffer = new byte[16 * 1024];
    private Task? _loop;
    private bool _isDisposed;

    public NotificationPump(
        ReceiveQueue<Notification> queue, ITransportReceiver receiver, string ownSource, AttachmentReader reader, AttachmentBudget budget, int maxReads, Action attachmentSeen, TimeProvider time, BusDiagnostics diagnostics)
    {
        _queue = queue;
        _handover = new MessageHandover(receiver, diagnostics);
        _ownSource = ownSource;
        _reader = reader;
        _budget = budget;
        _maxReads = maxReads;
        _attachmentSeen = attachmentSeen;
        _tracker = new SequenceTracker(ownSource, time, diagnostics);
    }

    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>Counts no losses in a namespace that is no longer listened to; completes when all that was received there was handed over.</summary>
    public Task EndAsync(string busNamespace)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _queue.Add(new Notification(busNamespace, Payload: null, ended));
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
        await Task.WhenAll(_reads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var waiting in _window)
            waiting.Free();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            if (_handover.IsCongested)
            {
                await PauseAsync().ConfigureAwait(false);
                continue;
            }

            while (_queue.TryTakeNews(out var news))
                _handover.Tell(news);
            HandOverReady();
            if (_wanted.Count >= BatchAttachments || (_wanted.Count > 0 && _reads.TrueForAll(static read => read.IsCompleted)))
                StartReading();
            if (_queue.TryTake(out var notification))
            {
                Take(notification);
            }
            else
            {
                StartReading();
                await _queue.WaitAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>A receiver of events is too far behind: attachments are read on, and nothing is delivered.</summary>
    private async Task PauseAsync()
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, _queue.Overrun);
        await _handover.WaitUntilRelievedAsync(giveUp.Token).ConfigureAwait(false);
    }

    private void Take(in Notification notification)
    {
        if (notification.Payload is not { } payload)
        {
            _tracker.Forget(notification.Namespace);
            _window.Enqueue(new Waiting { Ended = notification.Ended });
            return;
        }

        // A message that has to wait borrows a buffer of its own, all others that of the pump.
        var length = Encoding.UTF8.GetByteCount(payload);
        var borrowed = _window.Count > 0 ? ArrayPool<byte>.Shared.Rent(length) : null;
        if (_buffer.Length < length)
            _buffer = new byte[length];
        try
        {
            var buffer = borrowed ?? _buffer;
            Encoding.UTF8.GetBytes(payload, buffer);
            var message = NotificationDecoder.Decode(buffer.AsMemory(0, length), notification.Namespace, out var header);
            if (message is not null)
                Take(message, ref borrowed);
            else
                Take(header, notification.Namespace);
        }
        catch (Exception exception) // Whatever a stranger sends, the pump goes on.
        {
            _handover.ReportMalformed(exception);
            _queue.HandedOver();
        }
        finally
        {
            if (borrowed is not null)
                ArrayPool<byte>.Shared.Return(borrowed);
        }
    }

    private void Take(ClusterMessage message, ref byte[]? borrowed)
    {
        if (!_tracker.TryAccept(message.Key, MessageHandover.IsEvent(message.Type), message.Namespace, out var lost))
        {
            _handover.ReportLate(message.Key, message.Namespace);
            _queue.HandedOver();
        }
        else if (_window.Count == 0)
        {
            HandOver(message, lost);
        }
        else
        {
            _window.Enqueue(new Waiting { Message = message, Buffer = borrowed, Lost = lost });
            borrowed = null;
        }
    }

    private void Take(in AttachmentHeader header, string busNamespace)
    {
        _attachmentSeen();
        var isOwn = header.Key is { UniqueId: null } && header.Key.Source == _ownSource;
        if (isOwn || !_tracker.TryAccept(header.Key, MessageHandover.IsEvent(header.Type), busNamespace, out var lost))
        {
            if (!isOwn)
                _handover.ReportLate(header.Key, busNamespace);
            _queue.HandedOver();
            return;
        }

        var fetch = new AttachmentFetch(header.AttachmentId);
        _window.Enqueue(new Waiting { Header = header, Namespace = busNamespace, Fetch = fetch, Lost = lost });
        _wanted.Add(fetch);
    }

    private void StartReading()
    {
        _reads.RemoveAll(static read => read.IsCompleted);
        while (_wanted.Count > 0 && _reads.Count < _maxReads)
        {
            var batch = _wanted.GetRange(0, Math.Min(_wanted.Count, BatchAttachments));
            _wanted.RemoveRange(0, batch.Count);
            _reads.Add(ReadAsync(batch));
        }
    }

    private async Task ReadAsync(List<AttachmentFetch> batch)
    {
        await _reader.ReadAsync(batch, _queue.Wake, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _queue.Wake();
    }

    private void HandOverReady()
    {
        while (!_handover.IsCongested && _window.TryPeek(out var waiting))
        {
            if (waiting.Fetch is { IsReady: false } fetch)
            {
                _budget.SetNext(fetch);
                return;
            }

            _window.Dequeue();
            HandOver(waiting);
            waiting.Free();
        }
    }

    private void HandOver(Waiting waiting)
    {
        if (waiting.Ended is { } ended)
        {
            ended.SetResult();
            _queue.HandedOver();
            return;
        }

        if (waiting.Fetch is not { } fetch)
        {
            HandOver(waiting.Message!, waiting.Lost);
            return;
        }

        var failure = fetch.Failure;
        try
        {
            if (failure is null)
                HandOver(NotificationDecoder.DecodeAttachment(fetch.Bytes, waiting.Namespace, waiting.Header), waiting.Lost);
        }
        catch (Exception exception) // Whatever a stranger stored, the pump goes on.
        {
            failure = exception.Message;
        }

        _budget.Release(fetch);
        if (failure is not null)
        {
            _handover.ReportLost(waiting.Header, waiting.Namespace, waiting.Lost, failure);
            _queue.HandedOver();
        }
    }

    private void HandOver(ClusterMessage message, long lost)
    {
        _handover.HandOver(message, lost);
        _queue.HandedOver();
    }

    /// <summary>A message whose turn has not come: it is behind an attachment, or is one. Or the end of listening, in its turn.</summary>
    private sealed class Waiting
    {
        public TaskCompletionSource? Ended { get; init; }

        public ClusterMessage? Message { get; init; }

        public byte[]? Buffer { get; init; }

        public AttachmentHeader Header { get; init; }

        public string Namespace { get; init; } = "";

        public AttachmentFetch? Fetch { get; init; }

        /// <summary>How many events are missing before it.</summary>
        public long Lost { get; init; }

        public void Free()
        {
            Fetch?.Free();
            if (Buffer is not null)
                ArrayPool<byte>.Shared.Return(Buffer);
        }
    }
}
