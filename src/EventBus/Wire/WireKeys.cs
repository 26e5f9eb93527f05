namespace EventBus.Wire;

/// <summary>A set of keys of cluster messages, of all levels.</summary>
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
    TraceParent = 1 << 26,
    Baggage = 1 << 27,

    // The data of a message; a packet has a type and data, too.
    Packet = 1 << 10,
    RequestId = 1 << 11,
    Options = 1 << 12,
    Rooms = 1 << 13,
    Close = 1 << 14,
    ClientCount = 1 << 15,
    Sockets = 1 << 16,
    Failure = 1 << 25,

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

/// <summary>The keys of cluster messages in UTF-8.</summary>
internal static class WireKeys
{
    public static ReadOnlySpan<byte> Type => "type"u8;

    public static ReadOnlySpan<byte> Data => "data"u8;

    public static ReadOnlySpan<byte> Uid => "uid"u8;

    public static ReadOnlySpan<byte> Namespace => "nsp"u8;

    public static ReadOnlySpan<byte> AttachmentId => "attachmentId"u8;

    public static ReadOnlySpan<byte> SequenceKey => "eb"u8;

    public static ReadOnlySpan<byte> Source => "s"u8;

    public static ReadOnlySpan<byte> Number => "n"u8;

    public static ReadOnlySpan<byte> UniqueId => "i"u8;

    public static ReadOnlySpan<byte> Ordinal => "k"u8;

    public static ReadOnlySpan<byte> TraceParent => "t"u8;

    public static ReadOnlySpan<byte> Baggage => "b"u8;

    public static ReadOnlySpan<byte> Packet => "packet"u8;

    public static ReadOnlySpan<byte> RequestId => "requestId"u8;

    public static ReadOnlySpan<byte> Options => "opts"u8;

    public static ReadOnlySpan<byte> Rooms => "rooms"u8;

    public static ReadOnlySpan<byte> Except => "except"u8;

    public static ReadOnlySpan<byte> Flags => "flags"u8;

    public static ReadOnlySpan<byte> ExpectSingleResponse => "expectSingleResponse"u8;

    public static ReadOnlySpan<byte> Volatile => "volatile"u8;

    public static ReadOnlySpan<byte> Compress => "compress"u8;

    public static ReadOnlySpan<byte> Timeout => "timeout"u8;

    public static ReadOnlySpan<byte> Close => "close"u8;

    public static ReadOnlySpan<byte> ClientCount => "clientCount"u8;

    public static ReadOnlySpan<byte> Sockets => "sockets"u8;

    public static ReadOnlySpan<byte> Failure => "failure"u8;

    public static ReadOnlySpan<byte> Id => "id"u8;

    public static ReadOnlySpan<byte> Handshake => "handshake"u8;

    /// <summary>Finds a received key; <see cref="WireKey.None"/> if it is none of them.</summary>
    public static WireKey Find(ReadOnlySpan<byte> key) => key.Length switch
    {
        1 => key[0] switch
        {
            (byte)'s' => WireKey.Source,
            (byte)'n' => WireKey.Number,
            (byte)'i' => WireKey.UniqueId,
            (byte)'k' => WireKey.Ordinal,
            (byte)'t' => WireKey.TraceParent,
            (byte)'b' => WireKey.Baggage,
            _ => WireKey.None,
        },
        2 when key.SequenceEqual(SequenceKey) => WireKey.SequenceKey,
        2 when key.SequenceEqual(Id) => WireKey.Id,
        3 when key.SequenceEqual(Uid) => WireKey.Uid,
        3 when key.SequenceEqual(Namespace) => WireKey.Namespace,
        4 when key.SequenceEqual(Type) => WireKey.Type,
        4 when key.SequenceEqual(Data) => WireKey.Data,
        4 when key.SequenceEqual(Options) => WireKey.Options,
        5 when key.SequenceEqual(Rooms) => WireKey.Rooms,
        5 when key.SequenceEqual(Flags) => WireKey.Flags,
        5 when key.SequenceEqual(Close) => WireKey.Close,
        6 when key.SequenceEqual(Packet) => WireKey.Packet,
        6 when key.SequenceEqual(Except) => WireKey.Except,
        7 when key.SequenceEqual(Timeout) => WireKey.Timeout,
        7 when key.SequenceEqual(Sockets) => WireKey.Sockets,
        7 when key.SequenceEqual(Failure) => WireKey.Failure,
        8 when key.SequenceEqual(Volatile) => WireKey.Volatile,
        8 when key.SequenceEqual(Compress) => WireKey.Compress,
        9 when key.SequenceEqual(RequestId) => WireKey.RequestId,
        9 when key.SequenceEqual(Handshake) => WireKey.Handshake,
        11 when key.SequenceEqual(ClientCount) => WireKey.ClientCount,
        12 when key.SequenceEqual(AttachmentId) => WireKey.AttachmentId,
        20 when key.SequenceEqual(ExpectSingleResponse) => WireKey.ExpectSingleResponse,
        _ => WireKey.None,
    };
}
