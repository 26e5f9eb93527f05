using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One question to the other nodes: who may still answer it, who has not, and when it ends. Thread-safe; after its end nothing changes any more.</summary>
internal abstract class PendingRequest
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _isAsked;
    private bool _isClosed;
    private ITimer? _timer;

    /// <summary>Which question an answer answers: 16 hex digits.</summary>
    public string Id { get; } = RequestIds.Next();

    /// <summary>How many bytes the messages had that its answers were in. Owned by the table and guarded by its lock.</summary>
    public long AnswerBytes { get; set; }

    /// <summary>Whether the answers took too long.</summary>
    public bool IsTimedOut { get; private set; }

    /// <summary>The nodes that were asked and have not answered: silent, left or dead. Read once it has ended.</summary>
    public string[] Missing => [.. _missing.Order(StringComparer.Ordinal)];

    /// <summary>Whether there is nothing left to wait for. Read inside the lock.</summary>
    protected virtual bool IsAnswered => _awaited.Count == 0;

    /// <summary>Completes when nobody is waited for any more.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isClosed)
            throw new EventBusClosedException("The bus was stopped, or has left the namespace, while it waited for the answers of other nodes.");
    }

    /// <summary>Asks these nodes, and nobody else.</summary>
    public void Ask(IEnumerable<string> nodes, TimeSpan timeout, TimeProvider time)
    {
        lock (_lock)
        {
            _awaited.UnionWith(nodes);
            _missing.UnionWith(_awaited);
            _isAsked = true;
            _timer = time.CreateTimer(static request => ((PendingRequest)request!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
            EndWhenAnswered();
        }
    }

    /// <summary>Takes a node's answer; false where it is not awaited from this node, or no answer to this question.</summary>
    /// <remarks>Whatever reading the answer throws, it was one: nobody is to wait for another in its place.</remarks>
    public bool TryAnswer(ClusterMessage message)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted || !_awaited.Contains(message.Uid))
                return false;
            try
            {
                return Take(message);
            }
            finally
            {
                EndWhenAnswered();
            }
        }
    }

    /// <summary>Waits for a node no longer.</summary>
    public void NodeLeft(string uid)
    {
        lock (_lock)
        {
            if (!_awaited.Remove(uid) || _ended.Task.IsCompleted)
                return;
            _missing.Add(uid);
            EndWhenAnswered();
        }
    }

    /// <summary>Ends it because nobody listens to answers any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = !_ended.Task.IsCompleted;
            End();
        }
    }

    /// <summary>Nobody waits for it any more.</summary>
    public void Abandon()
    {
        lock (_lock)
            End();
    }

    /// <summary>Keeps what an awaited node says; false where it is not what was asked for. Called inside the lock.</summary>
    protected abstract bool Take(ClusterMessage message);

    /// <summary>A node has told what was asked for. Called inside the lock.</summary>
    protected void HasTold(string uid) => _missing.Remove(uid);

    /// <summary>A node is waited for no longer. Called inside the lock.</summary>
    protected void HasSaidAll(string uid) => _awaited.Remove(uid);

    /// <summary>Changes what has been gathered, unless it has ended.</summary>
    protected void Change(Action change)
    {
        lock (_lock)
        {
            if (_ended.Task.IsCompleted)
                return;
            try
            {
                change();
            }
            finally
            {
                EndWhenAnswered();
            }
        }
    }

    private void TimeOut()
    {
        lock (_lock)
        {
            IsTimedOut |= !_ended.Task.IsCompleted;
            End();
        }
    }

    private void EndWhenAnswered()
    {
        if (_isAsked && IsAnswered)
            End();
    }

    private void End()
    {
        _timer?.Dispose();
        _ended.TrySetResult();
    }
}
