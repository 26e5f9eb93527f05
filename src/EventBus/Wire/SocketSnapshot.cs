namespace EventBus.Wire;

/// <summary>One socket in an answer to FETCH_SOCKETS, as it is sent.</summary>
/// <param name="Id">The socket's id.</param>
/// <param name="Handshake">Its handshake: an object, for Node.js peers expect one.</param>
/// <param name="Rooms">The rooms it is in.</param>
/// <param name="Data">Its data: an object where it has none.</param>
internal readonly record struct SocketSnapshot(string Id, EventValue Handshake, IReadOnlyCollection<string> Rooms, EventValue Data);
