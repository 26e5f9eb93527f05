using Npgsql;

namespace EventBus;

/// <summary>
/// The rooms, flags and transaction behind every operator: "to these rooms, except those, with these flags". An immutable value.
/// </summary>
internal readonly record struct BroadcastTarget
{
    public RoomSet Rooms { get; init; }

    public RoomSet Excluded { get; init; }

    public BroadcastFlags Flags { get; init; }

    /// <summary>The caller's transaction that the event is sent in; null: none.</summary>
    public NpgsqlTransaction? Transaction { get; init; }

    /// <summary>The time in which the event can be sent in the transaction; null: until the transaction ends.</summary>
    public TransactionUse? Use { get; init; }

    public BroadcastTarget To(string room) => this with { Rooms = Rooms.Add(room) };

    /// <exception cref="ArgumentException">The list is empty: an event without a room would go to every socket.</exception>
    public BroadcastTarget To(ReadOnlySpan<string> rooms) => rooms.IsEmpty
        ? throw new ArgumentException("Pass at least one room to 'To'. Use 'All' to send to every socket.", nameof(rooms))
        : this with { Rooms = Rooms.Add(rooms) };

    public BroadcastTarget Except(string room) => this with { Excluded = Excluded.Add(room) };

    public BroadcastTarget Except(ReadOnlySpan<string> rooms) => this with { Excluded = Excluded.Add(rooms) };

    public BroadcastTarget Local() => this with { Flags = Flags with { Local = true } };

    public BroadcastTarget Volatile() => this with { Flags = Flags with { Volatile = true } };

    public BroadcastTarget Compress(bool compress) => this with { Flags = Flags with { Compress = compress } };

    /// <exception cref="InvalidOperationException">The target is local: the event does not leave this process.</exception>
    public BroadcastTarget Within(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Flags.Local
            ? throw new InvalidOperationException("A local event can't wait for a transaction to commit. Remove 'Local' or 'Within'.")
            : this with { Transaction = transaction };
    }
}

/// <summary>The flags of a broadcast, as Socket.IO has them. <c>Local</c> is never on the wire.</summary>
internal readonly record struct BroadcastFlags(
    bool Local = false, bool Volatile = false, bool? Compress = null, bool ExpectSingleResponse = false);
