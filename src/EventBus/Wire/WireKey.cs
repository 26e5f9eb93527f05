namespace EventBus.Wire;

/// <summary>A set of the keys of cluster messages, of all levels.</summary>
[Flags]
internal enum WireKey
{
    None = 0,

    // A message, or an attachment's header.
    Type = 1 << 0,
    Data = 1 << 1,
    Uid = 1 << 2,
    Namespace = 1 << 3,
    AttachmentId = 1 << 4,
    SequenceKey = 1 << 5,

    // EventBus's own key.
    Source = 1 << 6,
    Number = 1 << 7,
    UniqueId = 1 << 8,
    Ordinal = 1 << 9,

    // A message's data; a packet has a type and data, too.
    Packet = 1 << 10,
    RequestId = 1 << 11,
    Options = 1 << 12,
    Rooms = 1 << 13,
    Close = 1 << 14,
    ClientCount = 1 << 15,
    Sockets = 1 << 16,

    // Options, besides rooms.
    Except = 1 << 17,
    Flags = 1 << 18,
    ExpectSingleResponse = 1 << 19,
    Volatile = 1 << 20,
    Compress = 1 << 21,
    Timeout = 1 << 22,

    // A socket, besides rooms and data.
    Id = 1 << 23,
    Handshake = 1 << 24,
}
