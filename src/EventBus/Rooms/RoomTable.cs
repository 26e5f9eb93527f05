using System.Diagnostics.CodeAnalysis;

namespace EventBus.Rooms;

/// <summary>The rooms of one bus namespace by their names: one begins with its first socket and ends with its last. Guarded by the registry's lock.</summary>
internal sealed class RoomTable(RoomEvents events)
{
    private readonly Dictionary<string, Room> _rooms = new(StringComparer.Ordinal);
    private int _memberships;

    /// <summary>In how many rooms the sockets are, together. Any thread may ask.</summary>
    public int Memberships => Volatile.Read(ref _memberships);

    public bool TryFind(string name, [NotNullWhen(true)] out Room? room) => _rooms.TryGetValue(name, out room);

    /// <summary>Has a socket enter a room, unless it is there.</summary>
    public void Enter(Socket socket, string name)
    {
        if (!socket.JoinedRooms.Add(name))
            return;
        if (!_rooms.TryGetValue(name, out var room))
        {
            _rooms.Add(name, room = new Room());
            events.Add(RoomChangeKind.Created, name, socket.Id);
        }

        room.Add(socket);
        _memberships++;
        events.Add(RoomChangeKind.Joined, name, socket.Id);
    }

    /// <summary>Has a socket leave a room, if it is there.</summary>
    public void Exit(Socket socket, string name)
    {
        if (socket.JoinedRooms.Remove(name))
            Remove(socket, name);
    }

    /// <summary>Has a socket leave all its rooms.</summary>
    public void ExitAll(Socket socket)
    {
        foreach (var name in socket.JoinedRooms)
            Remove(socket, name);
        socket.JoinedRooms.Clear();
    }

    private void Remove(Socket socket, string name)
    {
        var room = _rooms[name];
        room.Remove(socket);
        _memberships--;
        events.Add(RoomChangeKind.Left, name, socket.Id);
        if (!room.IsEmpty)
            return;
        _rooms.Remove(name);
        events.Add(RoomChangeKind.Deleted, name, socket.Id);
    }
}
