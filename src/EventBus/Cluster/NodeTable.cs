namespace EventBus.Cluster;

/// <summary>The other nodes of one bus namespace and when each was last heard. Used by one thread at a time, but for <see cref="Count"/> and <see cref="Version"/>.</summary>
internal sealed class NodeTable(TimeProvider time)
{
    /// <summary>How many nodes are remembered at the most: a forged crowd must not fill the memory.</summary>
    public const int MaxNodes = 4_096;

    private readonly Dictionary<string, long> _lastHeard = new(StringComparer.Ordinal);
    private int _count;
    private int _version;

    /// <summary>How many other nodes are known.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Changes whenever a node comes or goes.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The known nodes, as long as none comes or goes.</summary>
    public IReadOnlyCollection<string> Uids => _lastHeard.Keys;

    /// <summary>Takes note that a node is alive.</summary>
    public Heard Hear(string uid)
    {
        var known = _lastHeard.ContainsKey(uid);
        if (!known && _lastHeard.Count >= MaxNodes)
            return Heard.Rejected;
        _lastHeard[uid] = time.GetTimestamp();
        if (known)
            return Heard.Known;
        Changed();
        return Heard.Joined;
    }

    /// <summary>Forgets a node that said goodbye; true if it was known.</summary>
    public bool Remove(string uid)
    {
        if (!_lastHeard.Remove(uid))
            return false;
        Changed();
        return true;
    }

    /// <summary>Forgets the nodes that were silent for longer than the timeout, and tells which.</summary>
    public IReadOnlyList<string> Expire(TimeSpan timeout)
    {
        List<string>? expired = null;
        foreach (var (uid, heard) in _lastHeard)
        {
            if (time.GetElapsedTime(heard) > timeout)
                (expired ??= []).Add(uid);
        }

        if (expired is null)
            return [];
        foreach (var uid in expired)
            _lastHeard.Remove(uid);
        Changed();
        return expired;
    }

    private void Changed()
    {
        Volatile.Write(ref _count, _lastHeard.Count);
        Interlocked.Increment(ref _version);
    }
}
