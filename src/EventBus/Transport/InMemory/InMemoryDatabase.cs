using System.Globalization;
using System.Text;
using EventBus.Wire;

namespace EventBus.Transport.InMemory;

/// <summary>Stands for the PostgreSQL of a cluster within one process: commits transactions in one total order and notifies who listens. Thread-safe.</summary>
/// <remarks>
/// PostgreSQL's rules: a transaction is seen as a whole or not at all, a payload of 8000 bytes or more is refused, equal notifications within a transaction become one, and
/// who does not listen at the commit never gets it. Its notification queue is full while a listener's receive queue is.
/// </remarks>
internal sealed class InMemoryDatabase
{
    private readonly Lock _lock = new();
    private readonly List<InMemoryListener> _listeners = [];
    private readonly List<InMemoryPublisher> _publishers = [];
    private readonly List<(string Channel, StoredNotification Notification)> _transaction = [];
    private readonly HashSet<(string Channel, string Payload)> _inTransaction = [];
    private long _lastAttachment;
    private bool _losesNextAttachment;
    private bool? _cutsNextCommit; // whether it is committed all the same
    private volatile bool _isDown;
    private volatile bool _hasRefused;

    public bool IsDown => _isDown;

    /// <summary>How many transactions were committed.</summary>
    public int Transactions { get; private set; }

    /// <summary>How many notifications the nodes have not been handed yet; 0: nothing happens until something is published, or time goes on.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _listeners.Sum(static listener => listener.Waiting);
        }
    }

    public void Add(InMemoryPublisher publisher)
    {
        lock (_lock)
            _publishers.Add(publisher);
    }

    /// <summary>Connects a listener.</summary>
    /// <returns>False where the database is down.</returns>
    public bool TryAdd(InMemoryListener listener)
    {
        lock (_lock)
        {
            if (_isDown)
                return false;
            _listeners.Add(listener);
            listener.SetConnected(true);
            return true;
        }
    }

    public void Remove(InMemoryPublisher publisher)
    {
        lock (_lock)
            _publishers.Remove(publisher);
    }

    public void Remove(InMemoryListener listener)
    {
        lock (_lock)
            _listeners.Remove(listener);
        TryAgain();
    }

    /// <summary>Has a listener stop listening to a channel. No commit is under way meanwhile, so afterwards nothing of it arrives.</summary>
    /// <returns>The bus namespace it stood for, or null where it was not listened to.</returns>
    public string? Unlisten(InMemoryListener listener, string channel)
    {
        lock (_lock)
            return listener.Unlisten(channel);
    }

    /// <summary>Publishes in one transaction.</summary>
    public CommitOutcome Commit(List<PendingMessage> batch)
    {
        lock (_lock)
        {
            if (_isDown || IsQueueFull())
                return CommitOutcome.Unavailable;

            try
            {
                foreach (var pending in batch)
                {
                    if (!TryNotify(pending.Message))
                        return CommitOutcome.Refused;
                }

                var cut = _cutsNextCommit;
                _cutsNextCommit = null;
                if (cut is null or true)
                {
                    Transactions++;
                    Deliver();
                }

                return cut is null ? CommitOutcome.Committed : CommitOutcome.Unknown;
            }
            finally
            {
                _transaction.Clear();
                _inTransaction.Clear();
            }
        }
    }

    /// <summary>A listener has room again, or is gone: who was refused may try again.</summary>
    public void TryAgain()
    {
        if (!_hasRefused)
            return;
        _hasRefused = false;
        WakePublishers();
    }

    /// <summary>Stops or starts it. A stopped one has cut every connection, and refuses new ones.</summary>
    public void SetDown(bool isDown)
    {
        lock (_lock)
        {
            if (_isDown == isDown)
                return;
            _isDown = isDown;
            foreach (var listener in _listeners)
                listener.SetConnected(!isDown && !listener.IsCutOff);
        }

        if (!isDown)
            WakePublishers();
    }

    /// <summary>Cuts a node's listening connection, or lets it be restored.</summary>
    /// <returns>False where there is no such node.</returns>
    public bool TrySetCutOff(string uid, bool isCutOff)
    {
        bool isFound;
        lock (_lock)
        {
            var listeners = _listeners.FindAll(listener => listener.Uid == uid);
            foreach (var listener in listeners)
            {
                listener.IsCutOff = isCutOff;
                listener.SetConnected(!_isDown && !isCutOff);
            }

            isFound = listeners.Count > 0;
        }

        TryAgain();
        return isFound;
    }

    /// <summary>Has the next attachment gone before anybody has read it.</summary>
    public void LoseNextAttachment()
    {
        lock (_lock)
            _losesNextAttachment = true;
    }

    /// <summary>Has the next transaction's connection cut before its answer came.</summary>
    public void CutNextCommit(bool isCommitted)
    {
        lock (_lock)
            _cutsNextCommit = isCommitted;
    }

    private bool IsQueueFull()
    {
        if (!_listeners.Exists(static listener => listener.IsFull))
            return false;

        // Looked at again behind the mark: who has made room before it does not wake anybody.
        _hasRefused = true;
        Interlocked.MemoryBarrier();
        return _listeners.Exists(static listener => listener.IsFull);
    }

    private bool TryNotify(OutgoingMessage message)
    {
        var (payload, attachment) = message.IsAttached ? Attach(message) : (message.Payload.ToArray(), null);
        if (payload.Length >= EventBusDefaults.PayloadThreshold)
            return false;
        if (_inTransaction.Add((message.Channel, Encoding.UTF8.GetString(payload))))
            _transaction.Add((message.Channel, new StoredNotification("", payload, attachment)));
        return true;
    }

    private (byte[] Payload, StoredAttachment Attachment) Attach(OutgoingMessage message)
    {
        var id = Encoding.UTF8.GetBytes((++_lastAttachment).ToString(CultureInfo.InvariantCulture));
        var attachment = new StoredAttachment(message.Attachment.ToArray());
        return ([.. message.Head.Span, .. id, .. message.Tail.Span], attachment);
    }

    private void Deliver()
    {
        foreach (var (channel, notification) in _transaction)
        {
            if (_losesNextAttachment && notification.Attachment is { } attachment)
            {
                attachment.Remove();
                _losesNextAttachment = false;
            }

            foreach (var listener in _listeners)
                listener.Receive(channel, notification);
        }
    }

    // Not inside the lock: a publisher that is woken publishes at once.
    private void WakePublishers()
    {
        InMemoryPublisher[] publishers;
        lock (_lock)
            publishers = [.. _publishers];
        foreach (var publisher in publishers)
            publisher.Wake();
    }
}
