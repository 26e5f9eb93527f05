using System.Buffers;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>The sockets of one bus namespace in this process, and the rooms that they are in. Thread-safe.</summary>
internal sealed class RoomRegistry(RoomEvents events, BusDiagnostics diagnostics, int maxJoinCount = RoomRegistry.MaxJoinCount)
{
    /// <summary>
    /// The number of rooms that the sockets may be in, together, for requests of other nodes to let them join more. A forged request can
    /// name thousands of rooms for all sockets.
    /// </summary>
    public const int MaxJoinCount = 4_194_304;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private readonly RoomTable _rooms = new(events);
    private readonly HashSet<Socket> _leaving = []; // sockets that have left, but whose handlers may still run
    private bool _isClosed;

    /// <summary>The number of rooms that the sockets are in, summed over the sockets.</summary>
    public int JoinCount => _rooms.JoinCount;

    /// <summary>The number of events that wait for the handlers of the sockets.</summary>
    public long WaitingEvents
    {
        get
        {
            Socket[] sockets;
            lock (_lock)
                sockets = [.. _sockets.Values, .. _leaving];
            return sockets.Sum(static socket => (long)socket.Waiting);
        }
    }

    /// <summary>Called when the last socket has left, outside every lock.</summary>
    public Action? Emptied { get; set; }

    /// <summary>Adds a socket, unless it is disposed.</summary>
    /// <returns>False if the registry is closed.</returns>
    /// <exception cref="ArgumentException">The namespace already has a socket with this id.</exception>
    public bool Add(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfInvalid(rooms);
        using (Change())
        {
            if (_isClosed)
                return false;
            if (!_sockets.TryAdd(socket.Id, socket))
                throw new ArgumentException($"The namespace already has a socket '{socket.Id}'. Ids must be unique.");
            socket.Registry = this;

            // Either DisposeAsync reads this registry, or this reads that the socket is disposed.
            Interlocked.MemoryBarrier();
            if (!socket.IsConnected)
            {
                _sockets.Remove(socket.Id);
                return true;
            }

            _rooms.Add(socket);
            foreach (var room in rooms)
                _rooms.Join(socket, room);
            return true;
        }
    }

    /// <summary>Removes a socket, if it is here.</summary>
    public void Remove(Socket socket)
    {
        bool isEmptied;
        using (Change())
        {
            if (!IsHere(socket))
                return;
            _sockets.Remove(socket.Id);
            _rooms.Remove(socket);
            _leaving.RemoveWhere(static socket => socket.IsDone);
            _leaving.Add(socket);
            isEmptied = _rooms.IsEmpty;
        }

        if (isEmptied)
            Emptied?.Invoke();
    }

    /// <summary>Removes every socket, and accepts no more.</summary>
    /// <returns>The removed sockets, and the sockets that left before and whose handlers may still run.</returns>
    public Socket[] Close()
    {
        using (Change())
        {
            _isClosed = true;
            var sockets = _rooms.Snapshot(default);
            foreach (var socket in sockets)
                _rooms.Remove(socket);
            _sockets.Clear();
            _leaving.UnionWith(sockets);
            return [.. _leaving];
        }
    }

    /// <summary>The names of the handlers that run of sockets that have left.</summary>
    public string[] FindRunning()
    {
        Socket[] leaving;
        lock (_lock)
            leaving = [.. _leaving];
        return [.. leaving.Select(static socket => socket.Running).OfType<string>()];
    }

    /// <summary>The names of the handlers that run now, also of sockets that have left.</summary>
    /// <inheritdoc cref="SocketQueue.FindHandler" path="/param"/>
    public IEnumerable<string> FindHandlers(bool holdingThread)
    {
        Socket[] sockets;
        lock (_lock)
            sockets = [.. _rooms.Snapshot(default), .. _leaving];
        return sockets.Select(socket => socket.FindHandler(holdingThread)).OfType<string>();
    }

    /// <summary>Forgets the sockets that have left and whose handlers are done.</summary>
    public void ForgetDone()
    {
        lock (_lock)
            _leaving.RemoveWhere(static socket => socket.IsDone);
    }

    /// <summary>Accepts no more sockets, unless there is one.</summary>
    /// <returns>Whether the registry is closed.</returns>
    public bool TryCloseEmpty()
    {
        lock (_lock)
            return _isClosed |= _rooms.IsEmpty;
    }

    /// <summary>Puts a socket into rooms; false if it has left the namespace.</summary>
    public bool TryJoin(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfInvalid(rooms);
        using (Change())
        {
            if (!IsHere(socket))
                return false;
            foreach (var room in rooms)
                _rooms.Join(socket, room);
            return true;
        }
    }

    /// <summary>Takes a socket out of rooms, except out of the room of its own id.</summary>
    public void Leave(Socket socket, IReadOnlyList<string> rooms)
    {
        using (Change())
            LeaveRooms(socket, rooms);
    }

    /// <summary>
    /// Puts the sockets in any of the target rooms, or all sockets if there is none, except those in an excluded room, into rooms.
    /// </summary>
    public void Join(in RoomSet targets, in RoomSet excluded, in RoomSet joined)
    {
        using (Change())
            JoinRooms(Find(targets, excluded), joined);
    }

    /// <summary>
    /// Does the same on behalf of another node with the sockets that it may manage, unless they would be in too many rooms afterwards.
    /// </summary>
    /// <returns>False if nothing was changed.</returns>
    public bool TryJoin(in RoomSet targets, in RoomSet excluded, in RoomSet joined, out int unmanaged)
    {
        using (Change())
        {
            var sockets = FindManaged(targets, excluded, out unmanaged);
            if (JoinCount + ((long)sockets.Length * joined.Count) > maxJoinCount)
                return false;
            JoinRooms(sockets, joined);
            return true;
        }
    }

    /// <summary>
    /// Takes the sockets in any of the target rooms, or all sockets if there is none, except those in an excluded room, out of rooms.
    /// </summary>
    public void Leave(in RoomSet targets, in RoomSet excluded, in RoomSet left)
    {
        var rooms = left.ToArray();
        using (Change())
        {
            foreach (var socket in Find(targets, excluded))
                LeaveRooms(socket, rooms);
        }
    }

    /// <summary>Does the same on behalf of another node with the sockets that it may manage.</summary>
    public void LeaveManaged(in RoomSet targets, in RoomSet excluded, in RoomSet left, out int unmanaged)
    {
        var rooms = left.ToArray();
        using (Change())
        {
            foreach (var socket in FindManaged(targets, excluded, out unmanaged))
                LeaveRooms(socket, rooms);
        }
    }

    /// <summary>Finds the selected sockets that other nodes may manage.</summary>
    public Socket[] FindManaged(in RoomSet rooms, in RoomSet excluded, out int unmanaged)
    {
        var found = Find(rooms, excluded);
        var managed = Array.FindAll(found, static socket => socket.IsManagedRemotely);
        unmanaged = found.Length - managed.Length;
        return managed;
    }

    /// <summary>The sockets in any of the rooms, or all sockets if there is none, except those in an excluded room; each once.</summary>
    public Socket[] Find(in RoomSet rooms, in RoomSet excluded)
    {
        if (IsOneRoom(rooms, excluded))
            return Snapshot(rooms);
        var selected = Select(rooms, excluded, out var count);
        Socket[] found = selected[..count];
        ArrayPool<Socket>.Shared.Return(selected, clearArray: true);
        return found;
    }

    /// <summary>Whether any socket in one of the rooms, or of all sockets if there is none, has a handler of any event.</summary>
    public bool HaveHandlers(in RoomSet rooms)
    {
        for (var i = 0; i < rooms.Count; i++)
        {
            if (HaveHandlers(Snapshot(RoomSet.Of(rooms[i]))))
                return true;
        }

        return rooms.Count == 0 && HaveHandlers(Snapshot(default));
    }

    /// <summary>Those of the selected sockets that have a handler of an event.</summary>
    public Socket[] FindHandling(in RoomSet rooms, in RoomSet excluded, ReadOnlySpan<byte> eventName)
    {
        Socket[] found = Find(rooms, excluded);
        var handling = new List<Socket>(found.Length);
        foreach (var socket in found)
        {
            if (socket.HasHandlerOf(eventName))
                handling.Add(socket);
        }

        return handling.Count == found.Length ? found : [.. handling];
    }

    /// <summary>The rooms that a socket is in.</summary>
    public string[] RoomsOf(Socket socket)
    {
        lock (_lock)
            return [.. socket.JoinedRooms];
    }

    /// <summary>
    /// Delivers a packet once to each socket in any of its rooms, or to all sockets if it names none, except those in an excluded room.
    /// </summary>
    /// <returns>The number of sockets that accepted it.</returns>
    public int Deliver(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, in RoomSet excluded)
    {
        var delivery = new PacketDelivery(eventName, packetData, in origin, diagnostics);
        if (IsOneRoom(origin.Rooms, excluded))
            return delivery.DeliverTo(Snapshot(origin.Rooms));

        var selected = Select(origin.Rooms, excluded, out var count);
        try
        {
            return delivery.DeliverTo(selected.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<Socket>.Shared.Return(selected, clearArray: true);
        }
    }

    /// <summary>Delivers a packet to sockets, each of which is to send an ack.</summary>
    /// <returns>The number of sockets that accepted it.</returns>
    public int Deliver(
        ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, ReadOnlySpan<Socket> sockets, IAckReceiver receiver)
    {
        var delivery = new PacketDelivery(eventName, packetData, in origin, diagnostics);
        return delivery.DeliverTo(sockets, receiver);
    }

    private static void ThrowIfInvalid(IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms)
            RoomName.ThrowIfInvalid(room, nameof(rooms));
    }

    private static bool HaveHandlers(ReadOnlySpan<Socket> sockets)
    {
        foreach (var socket in sockets)
        {
            if (socket.HasHandlers)
                return true;
        }

        return false;
    }

    private static bool IsOneRoom(in RoomSet rooms, in RoomSet excluded) => excluded.Count == 0 && rooms.Count <= 1;

    // Another socket may have the id of a socket that has left.
    private bool IsHere(Socket socket) => ReferenceEquals(_sockets.GetValueOrDefault(socket.Id), socket);

    private Socket[] Snapshot(in RoomSet rooms)
    {
        lock (_lock)
            return _rooms.Snapshot(rooms);
    }

    private Socket[] Select(in RoomSet rooms, in RoomSet excluded, out int count)
    {
        lock (_lock)
            return _rooms.Select(rooms, excluded, out count);
    }

    private void JoinRooms(ReadOnlySpan<Socket> sockets, in RoomSet rooms)
    {
        foreach (var socket in sockets)
        {
            for (var i = 0; i < rooms.Count; i++)
                _rooms.Join(socket, rooms[i]);
        }
    }

    private void LeaveRooms(Socket socket, IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms)
        {
            if (room != socket.Id)
                _rooms.Leave(socket, room);
        }
    }

    /// <summary>Holds the lock until the result is disposed. Then the changes are raised as room events.</summary>
    private ChangeScope Change()
    {
        _lock.Enter();
        events.Begin();
        return new ChangeScope(_lock, events);
    }

    private readonly ref struct ChangeScope(Lock @lock, RoomEvents events)
    {
        public void Dispose()
        {
            @lock.Exit();
            events.Raise();
        }
    }
}
