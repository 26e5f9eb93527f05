using EventBus.Diagnostics;
using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>
/// The other nodes of a bus namespace, and the time of each one's last message, on the scale of <see cref="Reception.Now"/>. Thread-safe.
/// Its events are queued inside the lock, so that two changes are never raised in the wrong order.
/// </summary>
internal sealed class Peers(
    string busNamespace, TimeSpan timeout, Reception reception, Backends backends, BusEventQueue events, BusDiagnostics diagnostics)
{
    /// <summary>The most nodes that are kept, so that forged nodes cannot fill the memory.</summary>
    public const int MaxNodes = 4_096;

    /// <summary>The places that only nodes with the role of this node take.</summary>
    public const int ReservedNodes = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TimeSpan> _lastReceived = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _joined = new(StringComparer.Ordinal); // the sources of .NET nodes that have joined
    private int _count;
    private int _version;

    /// <summary>Raised with the uid of a node that was not known before.</summary>
    public event Action<string>? Joined;

    /// <summary>Raised with the uid of a node that left or was silent for longer than the timeout.</summary>
    public event Action<string>? Left;

    /// <summary>Called inside the lock with the uid of such a node, before subscribers learn of it.</summary>
    public Action<string>? Departed { get; set; }

    /// <summary>The number of known nodes.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Changes when a node joins or leaves.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Whether a node is known.</summary>
    public bool Contains(string uid)
    {
        lock (_lock)
            return _lastReceived.ContainsKey(uid);
    }

    /// <summary>Calls back with the uids of the known nodes. None joins or leaves meanwhile.</summary>
    public void Read(Action<IReadOnlyCollection<string>> read)
    {
        lock (_lock)
            read(_lastReceived.Keys);
    }

    /// <summary>Records that a message of a node was received. The pump calls it.</summary>
    /// <param name="uid">The node.</param>
    /// <param name="pid">The backend that has sent the message.</param>
    public void Register(string uid, int pid)
    {
        lock (_lock)
        {
            var isKnown = _lastReceived.ContainsKey(uid);
            if (!isKnown && _lastReceived.Count >= (backends.Of(pid).IsOwn ? MaxNodes : MaxNodes - ReservedNodes))
            {
                diagnostics.Rejections.Node(_lastReceived.Count, busNamespace);
                return;
            }

            _lastReceived[uid] = reception.Now;
            if (isKnown)
                return;
            Change();
            diagnostics.Nodes.Joined(uid, busNamespace);
            events.Raise(Joined, uid);
        }
    }

    /// <summary>
    /// Records that a node has joined: it has sent a heartbeat or announced itself. Before that it can already have sent events.
    /// </summary>
    /// <param name="uid">The node.</param>
    /// <param name="source">The publisher of its process; null if it is a Socket.IO server.</param>
    /// <returns>Whether this process had joined before.</returns>
    public bool Join(string uid, string? source)
    {
        lock (_lock)
        {
            if (source is null || !_lastReceived.ContainsKey(uid))
                return false;
            var hadJoined = _joined.GetValueOrDefault(uid) == source;
            _joined[uid] = source;
            return hadJoined;
        }
    }

    /// <summary>Removes a node that has left.</summary>
    public void Forget(string uid)
    {
        lock (_lock)
        {
            if (!_lastReceived.Remove(uid))
                return;
            _joined.Remove(uid);
            Change();
            diagnostics.Nodes.Left(uid, busNamespace);
            Departed?.Invoke(uid);
            events.Raise(Left, uid);
        }
    }

    /// <summary>Removes the nodes that were silent for longer than the timeout.</summary>
    /// <param name="now">The time as of which they are judged: every message that was received before is registered.</param>
    public void Expire(TimeSpan now)
    {
        lock (_lock)
        {
            string[] expired = [.. _lastReceived.Where(node => now - node.Value > timeout).Select(static node => node.Key)];
            if (expired.Length == 0)
                return;
            foreach (var uid in expired)
            {
                _lastReceived.Remove(uid);
                _joined.Remove(uid);
            }

            Change();
            foreach (var uid in expired)
            {
                diagnostics.Nodes.Expired(uid, busNamespace);
                Departed?.Invoke(uid);
                events.Raise(Left, uid);
            }
        }
    }

    private void Change()
    {
        Volatile.Write(ref _count, _lastReceived.Count);
        Interlocked.Increment(ref _version);
    }
}
