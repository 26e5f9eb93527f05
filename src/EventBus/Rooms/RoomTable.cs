using System.Buffers;

namespace EventBus.Rooms;

/// <summary>
/// The rooms of one bus namespace, and the selection of sockets by rooms. A room exists from its first socket to its last. Guarded by the
/// registry's lock.
/// </summary>
internal sealed class RoomTable(RoomEvents events)
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private readonly Room _everyone = new();
    private int _joinCount;
    private int _selection;

    /// <summary>The number of rooms that the sockets are in, summed over the sockets. It can be read without the lock.</summary>
    public int JoinCount => Volatile.Read(ref _joinCount);

    /// <summary>Whether no socket is in the namespace.</summary>
    public bool IsEmpty => _everyone.IsEmpty;

    /// <summary>Adds a socket, which joins the room of its own id.</summary>
    public void Add(Socket socket)
    {
        _everyone.Add(socket);
        Join(socket, socket.Id);
    }

    /// <summary>Removes a socket, which leaves all its rooms.</summary>
    public void Remove(Socket socket)
    {
        _everyone.Remove(socket);
        foreach (var name in socket.JoinedRooms)
            RemoveFromRoom(socket, name);
        socket.JoinedRooms.Clear();
    }

    /// <summary>Puts a socket into a room, unless it is there.</summary>
    public void Join(Socket socket, string name)
    {
        if (!socket.JoinedRooms.Add(name))
            return;
        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms.Add(name, room = new Room());
            events.Add(RoomChangeKind.Created, name, socket.Id);
        }

        room.Add(socket);
        _joinCount++;
        events.Add(RoomChangeKind.Joined, name, socket.Id);
    }

    /// <summary>Takes a socket out of a room, if it is there.</summary>
    public void Leave(Socket socket, string name)
    {
        if (socket.JoinedRooms.Remove(name))
            RemoveFromRoom(socket, name);
    }

    /// <summary>The sockets of one room, or all sockets if no room is named. The array is shared: do not change it.</summary>
    public Socket[] Snapshot(in RoomSet rooms)
    {
        if (rooms.Count == 0)
            return _everyone.Snapshot;
        return _rooms.TryGetValue(rooms[0], out var room) ? room.Snapshot : [];
    }

    /// <summary>The sockets in any of the rooms, or all sockets if no room is named, except those in an excluded room; each once.</summary>
    /// <returns>A rented array.</returns>
    public Socket[] Select(in RoomSet rooms, in RoomSet excluded, out int count)
    {
        // Each selection has a number. A socket that carries it was excluded or selected before.
        _selection++;
        for (var i = 0; i < excluded.Count; i++)
        {
            if (!_rooms.TryGetValue(excluded[i], out var room))
                continue;
            foreach (var socket in room.Snapshot)
                socket.SeenBySelection = _selection;
        }

        var selected = ArrayPool<Socket>.Shared.Rent(_everyone.Count);
        count = 0;
        if (rooms.Count == 0)
            Select(_everyone, selected, ref count);
        for (var i = 0; i < rooms.Count; i++)
        {
            if (_rooms.TryGetValue(rooms[i], out var room))
                Select(room, selected, ref count);
        }

        return selected;
    }

    private void Select(Room room, Socket[] selected, ref int count)
    {
        foreach (var socket in room.Snapshot)
        {
            if (socket.SeenBySelection == _selection)
                continue;
            socket.SeenBySelection = _selection;
            selected[count++] = socket;
        }
    }

    private void RemoveFromRoom(Socket socket, string name)
    {
        var room = _rooms[name];
        room.Remove(socket);
        _joinCount--;
        events.Add(RoomChangeKind.Left, name, socket.Id);
        if (!room.IsEmpty)
            return;
        _rooms.Remove(name);
        events.Add(RoomChangeKind.Deleted, name, socket.Id);
    }

    /// <summary>
    /// The sockets in one room. Joining and leaving are cheap: the array that deliveries read is made by the first delivery after a change.
    /// </summary>
    private sealed class Room
    {
        private readonly HashSet<Socket> _sockets = [];
        private Socket[]? _snapshot;

        public int Count => _sockets.Count;

        public bool IsEmpty => _sockets.Count == 0;

        public Socket[] Snapshot => _snapshot ??= [.. _sockets];

        public void Add(Socket socket)
        {
            if (_sockets.Add(socket))
                _snapshot = null;
        }

        public void Remove(Socket socket)
        {
            if (_sockets.Remove(socket))
                _snapshot = null;
        }
    }
}
