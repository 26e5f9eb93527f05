namespace EventBus.Rooms;

/// <summary>What has happened to a room.</summary>
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
