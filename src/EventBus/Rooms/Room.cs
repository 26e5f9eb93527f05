namespace EventBus.Rooms;

/// <summary>The sockets in one room. Joining and leaving are cheap; the array that deliveries walk is made anew by the first delivery after a change.</summary>
internal sealed class Room
{
    private readonly HashSet<Socket> _sockets = [];
    private Socket[]? _snapshot;

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
