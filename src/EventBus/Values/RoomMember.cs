namespace EventBus;

/// <summary>A socket that has joined or left a room of a bus namespace.</summary>
/// <param name="Room">The room. A socket's own id is the name of a room, too.</param>
/// <param name="SocketId">The socket's id.</param>
public readonly record struct RoomMember(string Room, string SocketId);
