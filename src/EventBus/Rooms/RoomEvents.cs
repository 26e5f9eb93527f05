using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>The change of a room.</summary>
internal enum RoomChangeKind : byte
{
    /// <summary>Its first socket is about to join.</summary>
    Created,

    /// <summary>A socket has joined.</summary>
    Joined,

    /// <summary>A socket has left.</summary>
    Left,

    /// <summary>Its last socket has left.</summary>
    Deleted,
}

/// <summary>
/// Raises events for the changes in the rooms of one bus namespace: one at a time, in order, outside every lock. Thread-safe, and free of
/// cost while nothing subscribes.
/// </summary>
/// <remarks>
/// Changes are queued inside the registry's lock and raised after it is released, by the first thread that finds no other one raising; for
/// changes that the pump makes, by the thread pool. Changes that a subscriber makes are raised after the change that it handles. If a
/// subscriber is too slow, all changes of an operation are dropped together, and counted.
/// </remarks>
internal sealed class RoomEvents(string busNamespace, int capacity, BusDiagnostics diagnostics) : IThreadPoolWorkItem
{
    private readonly Lock _lock = new();
    private readonly Queue<(RoomChangeKind Kind, RoomMember Member)> _changes = new();
    private volatile bool _hasChanges;
    private bool _isRaising;
    private bool _isDropping; // the changes of the current operation; guarded by the registry's lock
    private long _dropped;

    public event Action<string>? Created;

    public event Action<string>? Deleted;

    public event Action<RoomMember>? Joined;

    public event Action<RoomMember>? Left;

    private bool IsObserved => Created is not null || Deleted is not null || Joined is not null || Left is not null;

    /// <summary>Begins an operation, inside the registry's lock: its changes are queued together or not at all.</summary>
    public void Begin()
    {
        _isDropping = false;
        if (!_hasChanges)
            return;
        lock (_lock)
            _isDropping = _changes.Count >= capacity;
    }

    /// <summary>Queues a change, inside the registry's lock.</summary>
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

            _changes.Enqueue((kind, new RoomMember(room, socketId)));
            _hasChanges = true;
        }
    }

    /// <summary>Raises the queued changes, unless another thread is raising them. Call it outside the registry's lock.</summary>
    public void Raise()
    {
        if (!_hasChanges)
            return;
        lock (_lock)
        {
            if (_isRaising)
                return;
            _isRaising = true;
        }

        if (PumpCall.IsCurrent)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        else
            RaiseAll();
    }

    void IThreadPoolWorkItem.Execute() => RaiseAll();

    private void RaiseAll()
    {
        while (TryNext(out var kind, out var member))
            Raise(kind, member);
    }

    private bool TryNext(out RoomChangeKind kind, out RoomMember member)
    {
        lock (_lock)
        {
            var hasNext = _changes.TryDequeue(out var change);
            (kind, member) = change;
            if (hasNext)
                return true;
            _hasChanges = _isRaising = false;
            if (_dropped > 0)
                diagnostics.Logger.RoomEventsRecovered(busNamespace, _dropped);
            _dropped = 0;
            return false;
        }
    }

    private void Raise(RoomChangeKind kind, RoomMember member)
    {
        switch (kind)
        {
            case RoomChangeKind.Created:
                diagnostics.Raise(Created, member.Room);
                break;
            case RoomChangeKind.Joined:
                diagnostics.Raise(Joined, member);
                break;
            case RoomChangeKind.Left:
                diagnostics.Raise(Left, member);
                break;
            case RoomChangeKind.Deleted:
                diagnostics.Raise(Deleted, member.Room);
                break;
        }
    }
}
