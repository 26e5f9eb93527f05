namespace EventBus.Transport.Postgres;

/// <summary>Bounds the bytes of attachments that are read ahead. The one whose turn it is may always be read, so that one can be larger than the bound and the order cannot deadlock.</summary>
internal sealed class AttachmentBudget(int limit)
{
    private readonly Lock _lock = new();
    private readonly List<(AttachmentFetch Fetch, int Length, TaskCompletionSource Granted)> _waiting = [];
    private AttachmentFetch? _next;
    private long _used;

    /// <summary>Completes when the attachment's bytes may be read.</summary>
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

    /// <summary>Names the attachment that everything behind it waits for.</summary>
    public void SetNext(AttachmentFetch fetch)
    {
        lock (_lock)
        {
            _next = fetch;
            GrantWaiting();
        }
    }

    /// <summary>Gives back what an attachment held.</summary>
    public void Release(AttachmentFetch fetch)
    {
        lock (_lock)
        {
            _used -= fetch.Reserved;
            fetch.Reserved = 0;
            GrantWaiting();
        }
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
        if (fetch != _next && _used + length > limit)
            return false;
        _used += length;
        fetch.Reserved = length;
        return true;
    }
}
