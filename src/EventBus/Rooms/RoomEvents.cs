using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>Tells of the changes in the rooms of one bus namespace: one at a time, in their order, outside every lock. Thread-safe, and free while nobody subscribes.</summary>
/// <remarks>
/// Changes are taken down inside the registry's lock and told behind it, by whoever finds nobody telling. What a subscriber changes itself is told after the change it
/// is told of. Behind a subscriber that is too slow, whole operations are left out, counted as dropped.
/// </remarks>
internal sealed class RoomEvents(string busNamespace, int capacity, BusDiagnostics diagnostics)
{
    private readonly Lock _lock = new();
    private readonly Queue<RoomChange> _changes = new();
    private volatile bool _hasChanges;
    private bool _isTelling;
    private bool _isDropping; // the operation under way; guarded by the registry's lock
    private long _dropped;

    public event Action<string>? Created;

    public event Action<string>? Deleted;

    public event Action<RoomMember>? Joined;

    public event Action<RoomMember>? Left;

    private bool IsObserved => Created is not null || Deleted is not null || Joined is not null || Left is not null;

    /// <summary>An operation begins, inside the registry's lock: its changes are taken down together or not at all.</summary>
    public void Begin()
    {
        _isDropping = false;
        if (!_hasChanges)
            return;
        lock (_lock)
            _isDropping = _changes.Count >= capacity;
    }

    /// <summary>Takes a change down, inside the registry's lock.</summary>
    public void Add(RoomChangeKind kind, string room, string socketId)
    {
        if (!IsObserved)
            return;
        lock (_lock)
        {
            if (_isDropping)
            {
                diagnostics.Dropped.Add();
                if (_dropped++ == 0)
                    diagnostics.Logger.RoomEventsFull(busNamespace);
                return;
            }

            _changes.Enqueue(new RoomChange(kind, new RoomMember(room, socketId)));
            _hasChanges = true;
        }
    }

    /// <summary>Tells what was taken down, unless somebody is telling already. To be called outside the registry's lock.</summary>
    public void Tell()
    {
        if (!_hasChanges)
            return;
        lock (_lock)
        {
            if (_isTelling)
                return;
            _isTelling = true;
        }

        while (TryNext(out var change))
            Tell(change);
    }

    private bool TryNext(out RoomChange change)
    {
        lock (_lock)
        {
            if (_changes.TryDequeue(out change))
                return true;
            _hasChanges = _isTelling = false;
            if (_dropped > 0)
                diagnostics.Logger.RoomEventsRecovered(busNamespace, _dropped);
            _dropped = 0;
            return false;
        }
    }

    private void Tell(in RoomChange change)
    {
        switch (change.Kind)
        {
            case RoomChangeKind.Created:
                diagnostics.Raise(Created, change.Member.Room);
                break;
            case RoomChangeKind.Joined:
                diagnostics.Raise(Joined, change.Member);
                break;
            case RoomChangeKind.Left:
                diagnostics.Raise(Left, change.Member);
                break;
            case RoomChangeKind.Deleted:
                diagnostics.Raise(Deleted, change.Member.Room);
                break;
        }
    }
}
