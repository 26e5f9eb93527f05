using Npgsql;

namespace EventBus;

/// <summary>The immutable core of every operator: through whom, in whose transaction, to which rooms, except which, with which flags.</summary>
internal readonly record struct BroadcastTarget(IBroadcaster Broadcaster)
{
    public RoomSet Rooms { get; init; }

    public RoomSet Excluded { get; init; }

    public BroadcastFlags Flags { get; init; }

    /// <summary>Whether the other nodes themselves get the event, in place of sockets.</summary>
    public bool IsServerSide { get; init; }

    /// <summary>The caller's transaction that the event becomes a part of; null: none.</summary>
    public NpgsqlTransaction? Transaction { get; init; }

    public BroadcastTarget To(string room) => this with { Rooms = Rooms.Add(room) };

    /// <exception cref="ArgumentException">No room is named: on the wire that would be everyone.</exception>
    public BroadcastTarget To(ReadOnlySpan<string> rooms) => rooms.IsEmpty
        ? throw new ArgumentException("'To' was given no room, and an event to no room goes to everyone. Send it to 'All', or not at all.", nameof(rooms))
        : this with { Rooms = Rooms.Add(rooms) };

    public BroadcastTarget Except(string room) => this with { Excluded = Excluded.Add(room) };

    public BroadcastTarget Except(ReadOnlySpan<string> rooms) => this with { Excluded = Excluded.Add(rooms) };

    public BroadcastTarget Local() => this with { Flags = Flags with { Local = true } };

    public BroadcastTarget Volatile() => this with { Flags = Flags with { Volatile = true } };

    /// <exception cref="InvalidOperationException">The event does not leave this process, and so is no transaction's.</exception>
    public BroadcastTarget Within(NpgsqlTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        return Flags.Local
            ? throw new InvalidOperationException("An event that does not leave this process cannot wait for a transaction to commit: leave out 'Local'.")
            : this with { Transaction = transaction };
    }

    public BroadcastTarget Compress(bool compress) => this with { Flags = Flags with { Compress = compress } };
}
