namespace EventBus;

/// <summary>The immutable core of every operator: through whom, to which rooms, except which, with which flags.</summary>
internal readonly record struct BroadcastTarget(IBroadcaster Broadcaster)
{
    public RoomSet Rooms { get; init; }

    public RoomSet Excluded { get; init; }

    public BroadcastFlags Flags { get; init; }

    public BroadcastTarget To(string room) => this with { Rooms = Rooms.Add(room) };

    public BroadcastTarget To(ReadOnlySpan<string> rooms) => this with { Rooms = Rooms.Add(rooms) };

    public BroadcastTarget Except(string room) => this with { Excluded = Excluded.Add(room) };

    public BroadcastTarget Except(ReadOnlySpan<string> rooms) => this with { Excluded = Excluded.Add(rooms) };

    public BroadcastTarget Local() => this with { Flags = Flags with { Local = true } };

    public BroadcastTarget Volatile() => this with { Flags = Flags with { Volatile = true } };

    public BroadcastTarget Compress(bool compress) => this with { Flags = Flags with { Compress = compress } };
}
