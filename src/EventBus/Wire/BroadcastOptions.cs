namespace EventBus.Wire;

/// <summary>Whom a cluster message concerns: the <c>opts</c> of the wire. <c>flags.local</c> is never on the wire.</summary>
internal readonly record struct BroadcastOptions
{
    public RoomSet Rooms { get; init; }

    public RoomSet Except { get; init; }

    public bool Volatile { get; init; }

    public bool? Compress { get; init; }

    public int? TimeoutMilliseconds { get; init; }

    public bool ExpectSingleResponse { get; init; }

    /// <summary>Those that an operator stands for.</summary>
    public static BroadcastOptions Of(in BroadcastTarget target, TimeSpan? timeout = null) => new()
    {
        Rooms = target.Rooms,
        Except = target.Excluded,
        Volatile = target.Flags.Volatile,
        Compress = target.Flags.Compress,
        ExpectSingleResponse = target.Flags.ExpectSingleResponse,
        TimeoutMilliseconds = timeout is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : null,
    };
}
