using System.Buffers;

namespace EventBus.Transport.Postgres;

/// <summary>One attachment that is read before its turn.</summary>
internal sealed class AttachmentFetch(long id)
{
    private byte[]? _buffer;
    private int _length;
    private volatile bool _isReady;

    public long Id { get; } = id;

    /// <summary>Whether reading it has ended, with or without success.</summary>
    public bool IsReady => _isReady;

    /// <summary>The reason why it cannot be read; null if it was read.</summary>
    public string? Failure { get; private set; }

    /// <summary>The number of bytes that it takes of the budget.</summary>
    public int Reserved { get; set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public async Task ReadAsync(Stream payload, int length, CancellationToken cancellationToken)
    {
        _length = length;
        _buffer = ArrayPool<byte>.Shared.Rent(length);
        await payload.ReadExactlyAsync(_buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
    }

    public void Succeed() => _isReady = true;

    public void Fail(string cause)
    {
        Failure = cause;
        _isReady = true;
    }

    /// <summary>Returns its buffer to the pool.</summary>
    public void Free()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
    }
}

/// <summary>
/// Bounds the bytes of attachments that are read before their turn. The next attachment in order is always granted, so one can be larger
/// than the bound, and the order cannot deadlock.
/// </summary>
internal sealed class AttachmentBudget(int limit)
{
    private readonly Lock _lock = new();
    private readonly List<(AttachmentFetch Fetch, int Length, TaskCompletionSource Granted)> _waiting = [];
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
