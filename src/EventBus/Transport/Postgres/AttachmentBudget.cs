namespace EventBus.Transport.Postgres;

/// <summary>
/// Bounds the bytes of attachments that are read before their turn or kept after it. The next attachment in order is always granted, so one
/// can be larger than the bound, and the order cannot deadlock. Thread-safe.
/// </summary>
/// <remarks>
/// A role that may only connect can name an attachment again and again. So an attachment is kept for <see cref="KeepTime"/> after its last
/// use, unless it makes room for others before that. The names of missing attachments are kept for the same time, with the backend: no
/// publisher announces an attachment twice.
/// </remarks>
internal sealed class AttachmentBudget(int limit, TimeProvider time)
{
    /// <summary>The time for which an attachment is kept that nothing waits for.</summary>
    public static readonly TimeSpan KeepTime = TimeSpan.FromSeconds(10);

    private const int MostMissing = 4_096;

    private readonly Lock _lock = new();
    private readonly List<(AttachmentFetch Fetch, int Length, TaskCompletionSource Granted)> _waiting = [];
    private readonly LinkedList<(AttachmentFetch Fetch, long Since)> _kept = []; // the longest unused first
    private readonly Dictionary<long, LinkedListNode<(AttachmentFetch Fetch, long Since)>> _keptById = [];
    private readonly Queue<(long Id, int Pid, long Since)> _missing = []; // the oldest first
    private readonly HashSet<(long Id, int Pid)> _missingByBackend = [];
    private AttachmentFetch? _next;
    private long _used;

    /// <summary>Completes when the bytes of the attachment may be read.</summary>
    public Task ReserveAsync(AttachmentFetch fetch, int length)
    {
        lock (_lock)
        {
            if (TryGrant(fetch, length))
                return Task.CompletedTask;
            var granted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((fetch, length, granted));
            return granted.Task;
        }
    }

    /// <summary>Sets the attachment that all later messages wait for.</summary>
    public void SetNext(AttachmentFetch fetch)
    {
        lock (_lock)
        {
            _next = fetch;
            GrantWaiting();
        }
    }

    /// <summary>Returns the bytes that an attachment had reserved.</summary>
    public void Release(AttachmentFetch fetch)
    {
        lock (_lock)
        {
            Return(fetch);
            GrantWaiting();
        }
    }

    /// <summary>Keeps an attachment that was read as long as there is room for it.</summary>
    public void Keep(AttachmentFetch fetch)
    {
        lock (_lock)
        {
            _keptById[fetch.Id] = _kept.AddLast((fetch, time.GetTimestamp()));
            GrantWaiting();
        }
    }

    /// <summary>Takes an attachment back that was kept; null if it is gone.</summary>
    public AttachmentFetch? TakeBack(long id)
    {
        lock (_lock)
        {
            if (!_keptById.Remove(id, out var kept))
                return null;
            _kept.Remove(kept);
            return kept.Value.Fetch;
        }
    }

    /// <summary>Keeps the name of a missing attachment, and the backend that has named it.</summary>
    public void KeepMissing(long id, int pid)
    {
        lock (_lock)
        {
            if (!_missingByBackend.Add((id, pid)))
                return;
            if (_missing.Count == MostMissing)
                DropOldestMissing();
            _missing.Enqueue((id, pid, time.GetTimestamp()));
        }
    }

    /// <summary>Whether this backend has named this missing attachment within <see cref="KeepTime"/>.</summary>
    public bool IsMissing(long id, int pid)
    {
        lock (_lock)
        {
            while (_missing.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= KeepTime)
                DropOldestMissing();
            return _missingByBackend.Contains((id, pid));
        }
    }

    /// <summary>Drops the attachments that were kept for long enough.</summary>
    public void DropOld()
    {
        lock (_lock)
        {
            while (_kept.First is { } oldest && time.GetElapsedTime(oldest.Value.Since) >= KeepTime)
                Drop(oldest);
            GrantWaiting();
        }
    }

    /// <summary>Drops everything that is kept.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            while (_kept.First is { } oldest)
                Drop(oldest);
            _missing.Clear();
            _missingByBackend.Clear();
            GrantWaiting();
        }
    }

    private void DropOldestMissing()
    {
        var (id, pid, _) = _missing.Dequeue();
        _missingByBackend.Remove((id, pid));
    }

    private void GrantWaiting()
    {
        for (var i = 0; i < _waiting.Count; i++)
        {
            var (fetch, length, granted) = _waiting[i];
            if (!TryGrant(fetch, length))
                continue;
            _waiting.RemoveAt(i--);
            granted.SetResult();
        }
    }

    private bool TryGrant(AttachmentFetch fetch, int length)
    {
        while (_used + length > limit && _kept.First is { } oldest)
            Drop(oldest);
        if (fetch != _next && _used + length > limit)
            return false;
        _used += length;
        fetch.Reserved = length;
        return true;
    }

    private void Drop(LinkedListNode<(AttachmentFetch Fetch, long Since)> kept)
    {
        _kept.Remove(kept);
        _keptById.Remove(kept.Value.Fetch.Id);
        kept.Value.Fetch.Free();
        Return(kept.Value.Fetch);
    }

    private void Return(AttachmentFetch fetch)
    {
        _used -= fetch.Reserved;
        fetch.Reserved = 0;
    }
}
