namespace EventBus;

/// <summary>
/// The rooms, flags and transaction behind every operator: "to these rooms, except those, with these flags". An immutable value.
/// </summary>
internal readonly record struct BroadcastTarget
{
    private const string NoRoom = "The name of a room is empty. Pass the name of a room to 'To', or use 'All' to send to every socket.";
    private const string NoExcludedRoom = "The name of a room is empty. Pass the name of a room to 'Except', or leave 'Except' out.";

    public RoomSet Rooms { get; init; }

    public RoomSet Excluded { get; init; }

    public BroadcastFlags Flags { get; init; }

    /// <summary>The caller's transaction that the event is sent in; null: none.</summary>
    public CallerTransaction? Transaction { get; init; }

    /// <exception cref="ArgumentException">The name is empty.</exception>
    public BroadcastTarget To(string room)
    {
        ThrowIfEmpty(room, NoRoom);
        return this with { Rooms = Rooms.Add(room) };
    }

    /// <exception cref="ArgumentException">
    /// The list is empty, and an event without a room would go to every socket; or a name is empty.
    /// </exception>
    public BroadcastTarget To(ReadOnlySpan<string> rooms)
    {
        if (rooms.IsEmpty)
            throw new ArgumentException("Pass at least one room to 'To'. Use 'All' to send to every socket.", nameof(rooms));
        foreach (var room in rooms)
            ThrowIfEmpty(room, NoRoom);
        return this with { Rooms = Rooms.Add(rooms) };
    }

    /// <exception cref="ArgumentException">The name is empty.</exception>
    public BroadcastTarget Except(string room)
    {
        ThrowIfEmpty(room, NoExcludedRoom);
        return this with { Excluded = Excluded.Add(room) };
    }

    /// <exception cref="ArgumentException">A name is empty.</exception>
    public BroadcastTarget Except(ReadOnlySpan<string> rooms)
    {
        foreach (var room in rooms)
            ThrowIfEmpty(room, NoExcludedRoom);
        return this with { Excluded = Excluded.Add(rooms) };
    }

    // Such a room can exist, but a caller that names it has nearly always a variable that is not set.
    private static void ThrowIfEmpty(string? room, string message)
    {
        if (room is { Length: 0 })
            throw new ArgumentException(message, nameof(room));
    }

    public BroadcastTarget Local() => this with { Flags = Flags with { Local = true } };

    public BroadcastTarget Volatile() => this with { Flags = Flags with { Volatile = true } };

    public BroadcastTarget Compress(bool compress) => this with { Flags = Flags with { Compress = compress } };

    /// <exception cref="InvalidOperationException">The target is local: the event does not leave this process.</exception>
    public BroadcastTarget Within(CallerTransaction transaction) => Flags.Local
        ? throw new InvalidOperationException("A local event can't wait for a transaction to commit. Remove 'Local' or 'Within'.")
        : this with { Transaction = transaction };
}

/// <summary>The flags of a broadcast, as Socket.IO has them. <c>Local</c> is never on the wire.</summary>
internal readonly record struct BroadcastFlags(
    bool Local = false, bool Volatile = false, bool? Compress = null, bool ExpectSingleResponse = false);
