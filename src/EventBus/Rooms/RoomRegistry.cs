using System.Buffers;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Rooms;

/// <summary>The sockets of one bus namespace in this process, the rooms they are in, and who is meant by "to these rooms, except those". Thread-safe.</summary>
internal sealed class RoomRegistry(RoomEvents events, BusDiagnostics diagnostics, int maxMemberships = RoomRegistry.MaxMemberships)
{
    /// <summary>In how many rooms the sockets, together, may be for others to have them join more: a forged request names thousands for all of them.</summary>
    public const int MaxMemberships = 4_194_304;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Socket> _sockets = new(StringComparer.Ordinal);
    private readonly RoomTable _rooms = new(events);
    private readonly Room _everyone = new();
    private readonly HashSet<Socket> _leaving = []; // that may still hand over what they took
    private int _selection;
    private bool _isClosed;

    /// <summary>In how many rooms the sockets are, together.</summary>
    public int Memberships => _rooms.Memberships;

    /// <summary>Called when the last socket has gone, outside every lock.</summary>
    public Action? Emptied { get; set; }

    /// <summary>Adds a socket, unless it was disposed before.</summary>
    /// <returns>False where the registry is closed.</returns>
    /// <exception cref="ArgumentException">There is a socket with this id already.</exception>
    public bool Add(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfNull(rooms);
        using (Change())
        {
            if (_isClosed)
                return false;
            if (!_sockets.TryAdd(socket.Id, socket))
                throw new ArgumentException($"There is a socket '{socket.Id}' in this namespace already; ids are unique.");
            socket.Registry = this;

            // Who disposes it sees the registry, or is seen here.
            Interlocked.MemoryBarrier();
            if (!socket.IsConnected)
            {
                _sockets.Remove(socket.Id);
                return true;
            }

            _everyone.Add(socket);
            _rooms.Enter(socket, socket.Id);
            foreach (var room in rooms)
                _rooms.Enter(socket, room);
            return true;
        }
    }

    public void Remove(Socket socket)
    {
        bool isEmptied;
        using (Change())
        {
            if (!IsHere(socket))
                return;
            TakeOut(socket);
            _leaving.RemoveWhere(static socket => socket.IsDone);
            _leaving.Add(socket);
            isEmptied = _everyone.IsEmpty;
        }

        if (isEmptied)
            Emptied?.Invoke();
    }

    /// <summary>Takes every socket out, and takes no more.</summary>
    /// <returns>The sockets that were here, and those that left before and may still hand over what they took.</returns>
    public Socket[] Close()
    {
        using (Change())
        {
            _isClosed = true;
            var sockets = _everyone.Snapshot;
            foreach (var socket in sockets)
                TakeOut(socket);
            _leaving.UnionWith(sockets);
            return [.. _leaving];
        }
    }

    /// <summary>Forgets the sockets that have left and handed over everything.</summary>
    public void ForgetDone()
    {
        lock (_lock)
            _leaving.RemoveWhere(static socket => socket.IsDone);
    }

    /// <summary>Takes no more sockets, unless there is one.</summary>
    public bool TryCloseEmpty()
    {
        lock (_lock)
            return _isClosed |= _everyone.IsEmpty;
    }

    /// <exception cref="EventBusClosedException">The socket has left the namespace.</exception>
    public void Join(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfNull(rooms);
        using (Change())
        {
            if (!IsHere(socket))
                throw new EventBusClosedException($"The socket '{socket.Id}' has left its namespace, so it can't join a room.");
            foreach (var room in rooms)
                _rooms.Enter(socket, room);
        }
    }

    public void Leave(Socket socket, IReadOnlyList<string> rooms)
    {
        using (Change())
            Exit(socket, rooms);
    }

    /// <summary>Has the sockets in any of the rooms (where none is named: all), except those in an excluded one, join rooms.</summary>
    public void Join(in RoomSet targets, in RoomSet excluded, in RoomSet joined)
    {
        using (Change())
            Enter(Find(targets, excluded), joined);
    }

    /// <summary>The same for whoever is not trusted; false, changing nothing, where the sockets could then be in too many rooms.</summary>
    public bool TryJoin(in RoomSet targets, in RoomSet excluded, in RoomSet joined)
    {
        using (Change())
        {
            var sockets = Find(targets, excluded);
            if (Memberships + ((long)sockets.Length * joined.Count) > maxMemberships)
                return false;
            Enter(sockets, joined);
            return true;
        }
    }

    /// <summary>Has the sockets in any of the rooms (where none is named: all), except those in an excluded one, leave rooms.</summary>
    public void Leave(in RoomSet targets, in RoomSet excluded, in RoomSet left)
    {
        var rooms = left.ToArray();
        using (Change())
        {
            foreach (var socket in Find(targets, excluded))
                Exit(socket, rooms);
        }
    }

    /// <summary>The sockets in any of the rooms (where none is named: all), except those in an excluded one, each once.</summary>
    public Socket[] Find(in RoomSet rooms, in RoomSet excluded)
    {
        if (excluded.Count == 0 && rooms.Count <= 1)
            return SnapshotOf(rooms);
        var selected = Select(rooms, excluded, out var count);
        try
        {
            return selected[..count];
        }
        finally
        {
            ArrayPool<Socket>.Shared.Return(selected, clearArray: true);
        }
    }

    public string[] RoomsOf(Socket socket)
    {
        lock (_lock)
            return [.. socket.JoinedRooms];
    }

    public Socket[] All()
    {
        lock (_lock)
            return _everyone.Snapshot;
    }

    /// <summary>Delivers a packet to the sockets in any of its rooms (where it names none: to all), except those in an excluded one, each once.</summary>
    /// <returns>How many sockets took it.</returns>
    public int Deliver(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, in RoomSet excluded)
    {
        var delivery = new PacketDelivery(eventName, packetData, in origin, diagnostics);
        if (excluded.Count == 0 && origin.Rooms.Count <= 1)
            return Deliver(ref delivery, SnapshotOf(origin.Rooms));

        var selected = Select(origin.Rooms, excluded, out var count);
        try
        {
            return Deliver(ref delivery, selected.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<Socket>.Shared.Return(selected, clearArray: true);
        }
    }

    /// <summary>Delivers a packet that asks for an answer of each socket.</summary>
    /// <returns>How many sockets took it.</returns>
    public int Deliver(ReadOnlySpan<byte> eventName, EncodedValue packetData, in EventOrigin origin, ReadOnlySpan<Socket> sockets, IAckReceiver receiver)
    {
        var delivery = new PacketDelivery(eventName, packetData, in origin, diagnostics);
        var taken = 0;
        foreach (var socket in sockets)
        {
            if (socket.Deliver(ref delivery, new PendingAck(receiver)))
                taken++;
        }

        return taken;
    }

    private static void ThrowIfNull(IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms)
            ArgumentNullException.ThrowIfNull(room, nameof(rooms));
    }

    // Another socket may have taken the id of one that has left.
    private bool IsHere(Socket socket) => ReferenceEquals(_sockets.GetValueOrDefault(socket.Id), socket);

    private static int Deliver(ref PacketDelivery delivery, ReadOnlySpan<Socket> sockets)
    {
        var taken = 0;
        foreach (var socket in sockets)
        {
            if (socket.Deliver(ref delivery))
                taken++;
        }

        return taken;
    }

    private Socket[] SnapshotOf(in RoomSet rooms)
    {
        lock (_lock)
        {
            if (rooms.Count == 0)
                return _everyone.Snapshot;
            return _rooms.TryFind(rooms[0], out var room) ? room.Snapshot : [];
        }
    }

    // Each selection has a number; a socket that carries it was seen already, because it was excluded or taken.
    private Socket[] Select(in RoomSet rooms, in RoomSet excluded, out int count)
    {
        lock (_lock)
        {
            var selection = ++_selection;
            for (var i = 0; i < excluded.Count; i++)
            {
                if (!_rooms.TryFind(excluded[i], out var room))
                    continue;
                foreach (var socket in room.Snapshot)
                    socket.SeenBySelection = selection;
            }

            var selected = ArrayPool<Socket>.Shared.Rent(_sockets.Count);
            count = 0;
            if (rooms.Count == 0)
                Take(_everyone, selected, ref count, selection);
            for (var i = 0; i < rooms.Count; i++)
            {
                if (_rooms.TryFind(rooms[i], out var room))
                    Take(room, selected, ref count, selection);
            }

            return selected;
        }
    }

    private static void Take(Room room, Socket[] selected, ref int count, int selection)
    {
        foreach (var socket in room.Snapshot)
        {
            if (socket.SeenBySelection == selection)
                continue;
            socket.SeenBySelection = selection;
            selected[count++] = socket;
        }
    }

    private void TakeOut(Socket socket)
    {
        _sockets.Remove(socket.Id);
        _everyone.Remove(socket);
        _rooms.ExitAll(socket);
    }

    private void Enter(ReadOnlySpan<Socket> sockets, in RoomSet rooms)
    {
        foreach (var socket in sockets)
        {
            for (var i = 0; i < rooms.Count; i++)
                _rooms.Enter(socket, rooms[i]);
        }
    }

    private void Exit(Socket socket, IReadOnlyList<string> rooms)
    {
        foreach (var room in rooms)
        {
            if (room != socket.Id)
                _rooms.Exit(socket, room);
        }
    }

    /// <summary>Holds the lock until it is disposed; then what has changed is told.</summary>
    private Changing Change()
    {
        _lock.Enter();
        events.Begin();
        return new Changing(_lock, events);
    }

    private readonly ref struct Changing(Lock @lock, RoomEvents events)
    {
        public void Dispose()
        {
            @lock.Exit();
            events.Tell();
        }
    }
}
