namespace EventBus.Transport.Connections;

/// <summary>
/// Compares the databases of all connections that a node or publisher opens. If a new connection leads to another database than a session
/// that is still open, the address has moved, as in a failover, and the session must follow: the old server may live on, and nothing else
/// would end the session. Thread-safe.
/// </summary>
internal sealed class DatabaseWatch
{
    private readonly Lock _lock = new();
    private readonly List<WatchedSession> _sessions = [];
    private string? _latest;

    /// <summary>The identity of the database of the last connection to a primary; null if there was none, or no role may read it.</summary>
    public string? Latest
    {
        get
        {
            lock (_lock)
                return _latest;
        }
    }

    /// <summary>Adds a session, which is not open yet.</summary>
    public WatchedSession Add()
    {
        var session = new WatchedSession(this);
        lock (_lock)
            _sessions.Add(session);
        return session;
    }

    /// <summary>A connection was opened. A standby is no database to move to: nobody can listen or notify there.</summary>
    public void See(in FoundDatabase database)
    {
        if (database is not { Identity: { } identity, IsStandby: false })
            return;
        WatchedSession[] sessions;
        lock (_lock)
        {
            _latest = identity;
            sessions = [.. _sessions];
        }

        foreach (var session in sessions)
            session.MoveIfElsewhere();
    }
}

/// <summary>The database of a session that stays open: the listening or the publishing one of a node, or the one of a publisher.</summary>
internal sealed class WatchedSession(DatabaseWatch watch)
{
    private volatile string? _identity;
    private volatile bool _isOpen;

    /// <summary>Called if the session is open, but a newer connection leads to another database: it must be opened again.</summary>
    public Action? Moved { private get; set; }

    /// <summary>The identity at its last opening; null if it was not opened yet, or if its role may not read it.</summary>
    public string? Identity => _identity;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => _isOpen;

    /// <summary>Whether it is open in another database than the newest connection, or was before it was lost.</summary>
    public bool IsElsewhere => _identity is { } identity && watch.Latest is { } latest && latest != identity;

    /// <summary>
    /// The session is open. On a standby it stays until its first statement fails, because opening it again at once would lead there again.
    /// </summary>
    public void Begin(in FoundDatabase database)
    {
        _identity = database.Identity;
        _isOpen = true;
        if (!database.IsStandby)
            MoveIfElsewhere(); // A newer connection may have been opened before.
    }

    /// <summary>The session is lost.</summary>
    public void End() => _isOpen = false;

    internal void MoveIfElsewhere()
    {
        if (_isOpen && IsElsewhere)
            Moved?.Invoke();
    }
}
