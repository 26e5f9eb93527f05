using EventBus.Transport.Journal;

namespace EventBus.Durable;

/// <summary>The nodes of the bus namespace of a group. Thread-safe.</summary>
/// <param name="uid">This node.</param>
/// <param name="isKnown">Whether another node is known to the bus.</param>
internal sealed class NodeWatch(string uid, Func<string, bool> isKnown)
{
    /// <summary>A node is known to the others a moment after it has joined the group.</summary>
    private static readonly TimeSpan Introduction = TimeSpan.FromSeconds(10);

    private readonly DurableSignal _changes = new();
    private readonly Lock _lock = new();
    private readonly HashSet<string> _left = new(StringComparer.Ordinal);

    public string Uid => uid;

    /// <summary>Completes when a node joins or leaves after this call.</summary>
    public Task Changed() => _changes.Next();

    public void OnJoined(string node)
    {
        lock (_lock)
            _left.Remove(node);
        _changes.Set();
    }

    public void OnLeft(string node)
    {
        lock (_lock)
        {
            if (_left.Count >= 1024)
                _left.Clear(); // The others are found by their age.
            _left.Add(node);
        }

        _changes.Set();
    }

    /// <summary>Returns the members that have left the cluster.</summary>
    public string[] FindGone(IEnumerable<GroupMember> members, TimeSpan lease)
    {
        lock (_lock)
        {
            return
            [
                .. members
                    .Where(member => member.Uid != uid && !isKnown(member.Uid)
                        && (_left.Contains(member.Uid) || member.Age > lease + Introduction))
                    .Select(static member => member.Uid),
            ];
        }
    }
}
