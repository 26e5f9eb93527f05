namespace EventBus.Rooms;

/// <summary>One change in the rooms of a bus namespace.</summary>
/// <param name="Kind">What has happened.</param>
/// <param name="Member">The room and, where one has joined or left, the socket.</param>
internal readonly record struct RoomChange(RoomChangeKind Kind, RoomMember Member);
