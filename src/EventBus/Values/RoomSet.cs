using System.Runtime.InteropServices;

namespace EventBus;

/// <summary>An immutable set of room names in the order they were named. Zero and one rooms cost no allocation.</summary>
internal readonly struct RoomSet
{
    // With this many rooms a table finds duplicates: a message may name very many rooms.
    private const int Many = 16;

    private readonly string? _first;
    private readonly string[]? _rest;

    private RoomSet(string first, string[]? rest)
    {
        _first = first;
        _rest = rest;
    }

    public int Count => _first is null ? 0 : 1 + (_rest?.Length ?? 0);

    public string this[int index] => index == 0 ? _first ?? throw new ArgumentOutOfRangeException(nameof(index)) : _rest![index - 1];

    public static RoomSet Of(params ReadOnlySpan<string> rooms) => default(RoomSet).Add(rooms);

    /// <summary>The rooms that a caller names to join or leave.</summary>
    /// <exception cref="ArgumentException">The list is empty, or contains null or half of a surrogate pair.</exception>
    public static RoomSet Named(IReadOnlyList<string> rooms)
    {
        ArgumentNullException.ThrowIfNull(rooms);
        if (rooms.Count == 0)
            throw new ArgumentException("Pass at least one room.", nameof(rooms));
        if (rooms.Any(static room => room is null))
            throw new ArgumentException("The name of a room is null.", nameof(rooms));
        return Of([.. rooms]);
    }

    public bool Contains(string room) => _first == room || (_rest is not null && Array.IndexOf(_rest, room) >= 0);

    public RoomSet Add(string room)
    {
        RoomName.ThrowIfInvalid(room, nameof(room));
        if (_first is null)
            return new RoomSet(room, null);
        return Contains(room) ? this : new RoomSet(_first, [.. _rest ?? [], room]);
    }

    public RoomSet Add(params ReadOnlySpan<string> rooms)
    {
        if (Count + rooms.Length >= Many)
            return AddMany(rooms);
        var result = this;
        foreach (var room in rooms)
            result = result.Add(room);
        return result;
    }

    public string[] ToArray() => _first is null ? [] : [_first, .. _rest ?? []];

    private RoomSet AddMany(ReadOnlySpan<string> rooms)
    {
        var distinct = new List<string>(Count + rooms.Length);
        var seen = new HashSet<string>(distinct.Capacity, StringComparer.Ordinal);
        foreach (var room in (ReadOnlySpan<string>)[.. ToArray(), .. rooms])
        {
            RoomName.ThrowIfInvalid(room, nameof(rooms));
            if (seen.Add(room))
                distinct.Add(room);
        }

        return new RoomSet(distinct[0], distinct.Count == 1 ? null : [.. CollectionsMarshal.AsSpan(distinct)[1..]]);
    }
}
