using EventBus.Diagnostics;

namespace EventBus.Cluster;

/// <summary>The other nodes of a bus namespace as they come and go. Thread-safe; each change is told inside the lock, so two are never told in the wrong order.</summary>
internal sealed class Peers(string busNamespace, TimeSpan timeout, TimeProvider time, BusDiagnostics diagnostics)
{
    private readonly Lock _lock = new();
    private readonly NodeTable _nodes = new(time);

    /// <summary>Raised with the uid of a node that was not known before.</summary>
    public event Action<string>? Joined;

    /// <summary>Raised with the uid of a node that said goodbye or was silent for too long.</summary>
    public event Action<string>? Left;

    /// <summary>How many other nodes are known.</summary>
    public int Count => _nodes.Count;

    /// <summary>Changes whenever a node comes or goes.</summary>
    public int Version => _nodes.Version;

    /// <summary>Hands the uids of the known nodes over while none can come or go.</summary>
    public void Read(Action<IReadOnlyCollection<string>> read)
    {
        lock (_lock)
            read(_nodes.Uids);
    }

    /// <summary>Takes note of a sign of life.</summary>
    public void Hear(string uid)
    {
        lock (_lock)
        {
            switch (_nodes.Hear(uid))
            {
                case Heard.Joined:
                    diagnostics.Logger.NodeJoined(uid, busNamespace);
                    diagnostics.Raise(Joined, uid);
                    break;
                case Heard.Rejected:
                    diagnostics.Rejections.Node(_nodes.Count, busNamespace);
                    break;
            }
        }
    }

    /// <summary>Forgets a node that said goodbye.</summary>
    public void Forget(string uid)
    {
        lock (_lock)
        {
            if (!_nodes.Remove(uid))
                return;
            diagnostics.Logger.NodeLeft(uid, busNamespace);
            diagnostics.Raise(Left, uid);
        }
    }

    /// <summary>Forgets the nodes that were silent for too long.</summary>
    public void Expire()
    {
        lock (_lock)
        {
            foreach (var uid in _nodes.Expire(timeout))
            {
                diagnostics.Logger.NodeExpired(uid, busNamespace);
                diagnostics.Raise(Left, uid);
            }
        }
    }
}
