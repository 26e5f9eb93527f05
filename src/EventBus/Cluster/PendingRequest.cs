using System.Security.Cryptography;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// A request to the other nodes: the nodes that may still respond, the nodes without a response, and the end. Thread-safe. Nothing changes
/// after the end.
/// </summary>
internal abstract class PendingRequest
{
    private const int IdDigits = 16;

    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();
    private readonly HashSet<string> _awaited = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private bool _isOpen;
    private bool _isClosed;
    private ITimer? _timer;

    /// <summary>The id that its responses carry: 16 hex digits.</summary>
    public string Id { get; } = NewId();

    /// <summary>The bytes of the messages that carried its responses. Owned by the table and guarded by its lock.</summary>
    public long ResponseBytes { get; set; }

    /// <summary>
    /// Whether this node was behind or did not receive meanwhile, so that it may not know all nodes. Set by the table at the end.
    /// </summary>
    public bool IsUncertain { get; set; }

    /// <summary>Whether no response is taken any more.</summary>
    public bool HasEnded => _ended.Task.IsCompleted;

    /// <summary>Whether the timeout elapsed.</summary>
    public bool IsTimedOut { get; private set; }

    /// <summary>The nodes that received the request and did not respond in time, left, or expired. Read it after the end.</summary>
    public string[] Missing => [.. _missing.Order(StringComparer.Ordinal)];

    /// <summary>Whether no response is awaited any more. Read inside the lock.</summary>
    protected virtual bool IsComplete => _awaited.Count == 0;

    /// <summary>Returns a new request id, which cannot be guessed.</summary>
    public static string NewId() => RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);

    /// <summary>Completes when no response is awaited any more.</summary>
    /// <exception cref="EventBusClosedException">The bus was stopped, or has left the namespace.</exception>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (_isClosed)
            throw new EventBusClosedException("The bus was stopped, or left the namespace, while it awaited responses of other nodes.");
    }

    /// <summary>Begins to await the responses of these nodes, and of no others.</summary>
    public void Open(IEnumerable<string> nodes, TimeSpan timeout, TimeProvider time)
    {
        lock (_lock)
        {
            _awaited.UnionWith(nodes);
            _missing.UnionWith(_awaited);
            _isOpen = true;
            _timer = time.CreateBackgroundTimer(
                static request => ((PendingRequest)request!).TimeOut(), this, timeout, Timeout.InfiniteTimeSpan);
            EndIfComplete();
        }
    }

    /// <summary>Takes a response; false if it is not awaited from this node, or does not fit this request.</summary>
    /// <remarks>A response that throws while it is read counts as one: no other response is awaited in its place.</remarks>
    public bool TryTake(ClusterMessage message)
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
                EndIfComplete();
            }
        }
    }

    /// <summary>Stops awaiting a node that has left.</summary>
    public void NodeLeft(string uid)
    {
        lock (_lock)
        {
            if (!_awaited.Remove(uid) || _ended.Task.IsCompleted)
                return;
            _missing.Add(uid);
            EndIfComplete();
        }
    }

    /// <summary>Ends it because this node receives no more responses.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = !_ended.Task.IsCompleted;
            End();
        }
    }

    /// <summary>Ends it because its caller does not wait any more.</summary>
    public void Abandon()
    {
        lock (_lock)
            End();
    }

    /// <summary>Keeps the response of an awaited node; false if it does not fit this request. Called inside the lock.</summary>
    protected abstract bool Take(ClusterMessage message);

    /// <summary>Removes a node from the missing ones. Called inside the lock.</summary>
    protected void MarkResponded(string uid) => _missing.Remove(uid);

    /// <summary>Stops awaiting a node. Called inside the lock.</summary>
    protected void StopAwaiting(string uid) => _awaited.Remove(uid);

    /// <summary>Makes a change, unless it has ended.</summary>
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
                EndIfComplete();
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

    private void EndIfComplete()
    {
        if (_isOpen && IsComplete)
            End();
    }

    private void End()
    {
        _timer?.Dispose();
        _ended.TrySetResult();
    }
}
