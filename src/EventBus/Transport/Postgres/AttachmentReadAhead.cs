namespace EventBus.Transport.Postgres;

/// <summary>
/// Reads the attachments of received notifications before their turn, in batches and within a budget of bytes. Not thread-safe: the pump
/// owns it.
/// </summary>
/// <param name="reader">Reads the batches.</param>
/// <param name="budget">Bounds the bytes that are read ahead.</param>
/// <param name="maxReads">The most batches that are read at the same time.</param>
/// <param name="ready">Called on any thread when an attachment is ready or a batch has ended.</param>
internal sealed class AttachmentReadAhead(AttachmentReader reader, AttachmentBudget budget, int maxReads, Action ready) : IAsyncDisposable
{
    /// <summary>The most attachments of one query.</summary>
    private const int BatchSize = 64;

    private readonly Dictionary<long, AttachmentFetch> _inUse = [];
    private readonly List<AttachmentFetch> _wanted = [];
    private readonly List<Task> _reads = [];
    private int _active; // reads that have not ended
    private readonly CancellationTokenSource _stopping = new();
    private long _notifications;

    /// <summary>Adds a notification of an attachment. The attachment is read once for all that name it.</summary>
    /// <param name="id">The attachment.</param>
    /// <param name="pid">The backend that has sent the notification.</param>
    /// <param name="notification">The place of the notification among all that name attachments.</param>
    public AttachmentFetch Add(long id, int pid, out long notification)
    {
        notification = ++_notifications;
        return budget.IsMissing(id, pid) ? AttachmentFetch.Missing(id) : Use(id, notification);
    }

    /// <summary>A backend has named an attachment that does not exist. For a while it is not read again for this backend.</summary>
    public void KeepMissing(long id, int pid) => budget.KeepMissing(id, pid);

    /// <summary>
    /// Reads an attachment again that was not found: its row may have been committed after it was looked for, but before its notification.
    /// </summary>
    /// <returns>False if it was looked for after this notification, or after an earlier one of the same backend.</returns>
    public bool TryRepeat(ref AttachmentFetch fetch, long notification, int pid)
    {
        if (fetch.LastBefore >= notification || (fetch.IsMissing && budget.IsMissing(fetch.Id, pid)))
            return false;
        Release(fetch);
        fetch = Use(fetch.Id, notification);

        // It is the next one, and the present batch may wait until it is delivered. So it is read beside that.
        if (_wanted.Remove(fetch))
            Begin([fetch]);
        return true;
    }

    /// <summary>Starts to read if a batch is full, or if no batch is being read.</summary>
    public void StartIfDue()
    {
        if (_wanted.Count >= BatchSize || (_wanted.Count > 0 && Volatile.Read(ref _active) == 0))
            Start();
    }

    /// <summary>Starts to read, up to the number of batches that may be read at the same time.</summary>
    public void Start()
    {
        budget.DropOld();
        _reads.RemoveAll(static read => read.IsCompleted);
        while (_wanted.Count > 0 && Volatile.Read(ref _active) < maxReads)
        {
            var batch = _wanted.GetRange(0, Math.Min(_wanted.Count, BatchSize));
            _wanted.RemoveRange(0, batch.Count);
            Begin(batch);
        }
    }

    /// <inheritdoc cref="AttachmentBudget.SetNext"/>
    public void SetNext(AttachmentFetch fetch) => budget.SetNext(fetch);

    /// <summary>A notification does not need an attachment any more. The attachment is kept for a while.</summary>
    public void Release(AttachmentFetch fetch)
    {
        if (--fetch.Users > 0)
            return;
        if (_inUse.GetValueOrDefault(fetch.Id) == fetch)
            _inUse.Remove(fetch.Id);
        if (fetch.Failure is null)
            budget.Keep(fetch);
        else
            budget.Release(fetch);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_reads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var fetch in _inUse.Values)
            fetch.Free();
        budget.Clear();
        _stopping.Dispose();
    }

    private AttachmentFetch Use(long id, long notification)
    {
        // An attachment that was not found may have been stored meanwhile.
        if (!_inUse.TryGetValue(id, out var fetch) || (fetch is { IsReady: true, Failure: not null } && fetch.LastBefore < notification))
        {
            fetch = budget.TakeBack(id);
            if (fetch is null)
                _wanted.Add(fetch = new AttachmentFetch(id));
            _inUse[id] = fetch;
        }

        fetch.Users++;
        return fetch;
    }

    private void Begin(List<AttachmentFetch> batch)
    {
        batch.ForEach(fetch => fetch.LastBefore = _notifications);
        Interlocked.Increment(ref _active);
        _reads.Add(ReadAsync(batch));
    }

    private async Task ReadAsync(List<AttachmentFetch> batch)
    {
        await reader.ReadAsync(batch, ready, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // The pump may look at once. It would sleep if it found this read active.
        Interlocked.Decrement(ref _active);
        ready();
    }
}
