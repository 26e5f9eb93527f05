using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>What anyone in the cluster may ask of this node's sockets: to join, to leave, to be disconnected, to be told about.</summary>
internal sealed class SocketRequests(RoomRegistry rooms, bool redactHandshakes)
{
    private static readonly EventValue Nothing = EventValue.FromMap();

    private readonly Departures _departures = new();

    public void Join(in RoomSet targets, in RoomSet excluded, in RoomSet joined) => rooms.Join(targets, excluded, joined);

    /// <summary>The same for another node; false, changing nothing, where the sockets could then be in too many rooms.</summary>
    public bool TryJoin(in RoomSet targets, in RoomSet excluded, in RoomSet joined) => rooms.TryJoin(targets, excluded, joined);

    public void Leave(in RoomSet targets, in RoomSet excluded, in RoomSet left) => rooms.Leave(targets, excluded, left);

    /// <summary>Disconnects sockets. They are out of the namespace when the call returns, and end when their handlers are done.</summary>
    public void Disconnect(in RoomSet targets, in RoomSet excluded) => _departures.Begin(rooms.Find(targets, excluded));

    /// <summary>What the sockets are now.</summary>
    public SocketSnapshot[] Describe(in RoomSet targets, in RoomSet excluded) =>
        Array.ConvertAll(rooms.Find(targets, excluded), socket => Redact(new SocketSnapshot(socket.Id, OrNothing(socket.Handshake), socket.Rooms, OrNothing(socket.Data))));

    /// <summary>The same without the handshake, where handshakes are redacted.</summary>
    public SocketSnapshot Redact(in SocketSnapshot socket) => redactHandshakes ? socket with { Handshake = Nothing } : socket;

    /// <summary>Completes when every disconnected socket has ended.</summary>
    public Task EndAsync() => _departures.EndAsync();

    private static EventValue OrNothing(EventValue value) => value.Kind is EventValueKind.Null ? Nothing : value;
}
