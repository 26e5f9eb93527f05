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

    private readonly List<AttachmentFetch> _wanted = [];
    private readonly List<Task> _reads = [];
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Adds an attachment to read.</summary>
    public AttachmentFetch Add(long id)
    {
        var fetch = new AttachmentFetch(id);
        _wanted.Add(fetch);
        return fetch;
    }

    /// <summary>Starts to read if a batch is full, or if no batch is being read.</summary>
    public void StartIfDue()
    {
        if (_wanted.Count >= BatchSize || (_wanted.Count > 0 && _reads.TrueForAll(static read => read.IsCompleted)))
            Start();
    }

    /// <summary>Starts to read, up to the number of batches that may be read at the same time.</summary>
    public void Start()
    {
        _reads.RemoveAll(static read => read.IsCompleted);
        while (_wanted.Count > 0 && _reads.Count < maxReads)
        {
            var batch = _wanted.GetRange(0, Math.Min(_wanted.Count, BatchSize));
            _wanted.RemoveRange(0, batch.Count);
            _reads.Add(ReadAsync(batch));
        }
    }

    /// <inheritdoc cref="AttachmentBudget.SetNext"/>
    public void SetNext(AttachmentFetch fetch) => budget.SetNext(fetch);

    /// <inheritdoc cref="AttachmentBudget.Release"/>
    public void Release(AttachmentFetch fetch) => budget.Release(fetch);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_reads).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task ReadAsync(List<AttachmentFetch> batch)
    {
        await reader.ReadAsync(batch, ready, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ready();
    }
}
