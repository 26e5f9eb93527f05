using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// The requests that any node, this one included, may make of this node's sockets: join, leave, disconnect, describe. Thread-safe.
/// </summary>
internal sealed class SocketRequests(RoomRegistry rooms, bool redactHandshakes)
{
    private static readonly EventValue None = EventValue.FromMap();

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _disconnecting = [];

    public void Join(in RoomSet targets, in RoomSet excluded, in RoomSet joined) => rooms.Join(targets, excluded, joined);

    /// <summary>
    /// Joins rooms on behalf of another node; changes nothing and returns false if the sockets would be in too many rooms.
    /// </summary>
    public bool TryJoin(in RoomSet targets, in RoomSet excluded, in RoomSet joined) => rooms.TryJoin(targets, excluded, joined);

    public void Leave(in RoomSet targets, in RoomSet excluded, in RoomSet left) => rooms.Leave(targets, excluded, left);

    /// <summary>
    /// Disconnects sockets. They are out of the namespace when the call returns, and end when their handlers have completed.
    /// </summary>
    public void Disconnect(in RoomSet targets, in RoomSet excluded)
    {
        foreach (var socket in rooms.Find(targets, excluded))
        {
            var disconnecting = socket.DisposeAsync().AsTask();
            lock (_lock)
            {
                _disconnecting.RemoveWhere(static task => task.IsCompleted);
                if (!disconnecting.IsCompleted)
                    _disconnecting.Add(disconnecting);
            }
        }
    }

    /// <summary>Returns the present state of sockets.</summary>
    public SocketSnapshot[] Describe(in RoomSet targets, in RoomSet excluded) => Array.ConvertAll(
        rooms.Find(targets, excluded),
        socket => Redact(new SocketSnapshot(socket.Id, OrNone(socket.Handshake), socket.Rooms, OrNone(socket.Data))));

    /// <summary>Removes the handshake if handshakes are redacted.</summary>
    public SocketSnapshot Redact(in SocketSnapshot socket) => redactHandshakes ? socket with { Handshake = None } : socket;

    /// <summary>
    /// Completes when every socket that was disconnected before has ended. Inside a handler, which may belong to one of them, it completes
    /// at once.
    /// </summary>
    public Task EndAsync()
    {
        if (SocketQueue.IsInsideHandler)
            return Task.CompletedTask;
        lock (_lock)
            return Task.WhenAll(_disconnecting);
    }

    private static EventValue OrNone(EventValue value) => value.Kind is EventValueKind.Null ? None : value;
}
