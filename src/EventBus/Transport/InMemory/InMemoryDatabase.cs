namespace EventBus.Transport.InMemory;

/// <summary>
/// Replaces PostgreSQL for a cluster within one process: commits transactions in one total order and notifies the listeners. Thread-safe.
/// </summary>
/// <remarks>
/// It follows the rules of PostgreSQL: a transaction is received as a whole or not at all, a payload of 8000 bytes or more is rejected,
/// equal notifications within a transaction become one, and a node that does not listen at the commit never receives it. Its notification
/// queue is full while the receive queue of a listener is full.
/// </remarks>
internal sealed class InMemoryDatabase
{
    private readonly Lock _lock = new();
    private readonly List<InMemoryListener> _listeners = [];
    private readonly Dictionary<int, InMemoryPublisher> _publishers = [];
    private readonly InMemoryTransaction _transaction = new();
    private readonly InMemoryJournal _journal = new();
    private int _lastPid;
    private bool _losesNextAttachment;
    private bool? _cutsNextCommit; // true: the transaction is committed, although its connection is cut
    private volatile bool _isDown;
    private volatile bool _hasRejected;

    public bool IsDown => _isDown;

    /// <summary>The number of committed transactions.</summary>
    public int Transactions { get; private set; }

    /// <summary>
    /// The number of notifications that are not delivered yet. If it is 0, nothing happens until an event is published or the time
    /// advances.
    /// </summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _listeners.Sum(static listener => listener.Waiting);
        }
    }

    /// <summary>Reads the journaled events behind one of them, in the order of their commits.</summary>
    /// <param name="id">The id of the event; 0: from the oldest on.</param>
    public IReadOnlyList<JournaledEvent> ReadJournal(long id)
    {
        lock (_lock)
            return _journal.After(id);
    }

    /// <summary>Connects a publisher.</summary>
    /// <returns>The pid of its backend.</returns>
    public int Add(InMemoryPublisher publisher)
    {
        lock (_lock)
        {
            _publishers.Add(++_lastPid, publisher);
            return _lastPid;
        }
    }

    /// <summary>Reads the role of backends: every publisher has the same one. All other pids have gone.</summary>
    public Task<IReadOnlyList<BackendRole>> ReadRolesAsync(int[] pids, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<BackendRole>>(
                [.. pids.Where(_publishers.ContainsKey).Select(static pid => new BackendRole(pid, "member", IsOwn: true))]);
        }
    }

    /// <summary>Connects a listener.</summary>
    /// <returns>False if the database is down.</returns>
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

    public void Remove(int pid)
    {
        lock (_lock)
            _publishers.Remove(pid);
    }

    public void Remove(InMemoryListener listener)
    {
        lock (_lock)
            _listeners.Remove(listener);
        TryAgain();
    }

    /// <summary>Ends listening to a channel, between two commits: afterwards the listener receives no notification of it.</summary>
    /// <returns>The bus namespace of the channel, or null if it was not listened to.</returns>
    public string? Unlisten(InMemoryListener listener, string channel)
    {
        lock (_lock)
            return listener.Unlisten(channel);
    }

    /// <summary>Publishes in one transaction.</summary>
    /// <param name="messages">The messages.</param>
    /// <param name="pid">The backend of the publisher.</param>
    /// <param name="source">The id of the publish pipeline.</param>
    /// <param name="at">The time.</param>
    public CommitOutcome Commit(List<PendingMessage> messages, int pid = 0, string source = "", DateTimeOffset at = default)
    {
        lock (_lock)
        {
            if (_isDown || IsQueueFull())
                return CommitOutcome.Unavailable;

            try
            {
                foreach (var message in messages)
                {
                    if (!_transaction.TryAdd(message))
                        return CommitOutcome.Rejected;
                }

                var cut = _cutsNextCommit;
                _cutsNextCommit = null;
                if (cut is null or true)
                {
                    Transactions++;
                    _journal.Add(messages, source, at);
                    Deliver(pid);
                }

                return cut is null ? CommitOutcome.Committed : CommitOutcome.Unknown;
            }
            finally
            {
                _transaction.Clear();
            }
        }
    }

    /// <summary>A listener has places again or has left: publishers that were rejected may try again.</summary>
    public void TryAgain()
    {
        if (!_hasRejected)
            return;
        _hasRejected = false;
        WakePublishers();
    }

    /// <summary>Stops or starts the database. A stopped database cuts all connections and rejects new ones.</summary>
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

        WakePublishers();
    }

    /// <summary>Cuts the listening connection of a node, or restores it.</summary>
    /// <returns>False if there is no such node.</returns>
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

    /// <summary>Removes the next attachment before a node reads it.</summary>
    public void LoseNextAttachment()
    {
        lock (_lock)
            _losesNextAttachment = true;
    }

    /// <summary>Cuts the connection of the next transaction before its outcome is known to the publisher.</summary>
    public void CutNextCommit(bool isCommitted)
    {
        lock (_lock)
            _cutsNextCommit = isCommitted;
    }

    private bool IsQueueFull()
    {
        if (!_listeners.Exists(static listener => listener.IsFull))
            return false;

        // Checked again after the flag is set: a listener that had places before it wakes no publisher.
        _hasRejected = true;
        Interlocked.MemoryBarrier();
        return _listeners.Exists(static listener => listener.IsFull);
    }

    private void Deliver(int pid)
    {
        foreach (var (channel, notification) in _transaction.Notifications)
        {
            if (_losesNextAttachment && notification.Attachment is { } attachment)
            {
                attachment.Remove();
                _losesNextAttachment = false;
            }

            foreach (var listener in _listeners)
                listener.Receive(channel, notification with { Pid = pid });
        }
    }

    // Called outside the lock: a publisher that is woken publishes at once.
    private void WakePublishers()
    {
        InMemoryPublisher[] publishers;
        lock (_lock)
            publishers = [.. _publishers.Values];
        foreach (var publisher in publishers)
            publisher.Wake();
    }
}
