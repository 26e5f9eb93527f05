using System.Runtime.InteropServices;

namespace EventBus;

/// <summary>An immutable set of room names in the order they were named. Zero and one rooms cost no allocation.</summary>
/// <remarks>Callers and messages may name very many rooms, at once or one by one: adding one does not depend on their number.</remarks>
internal readonly struct RoomSet
{
    // With this many rooms a table finds duplicates.
    private const int Many = 16;

    // From this many on, sets that grow one by one share their names.
    private const int VeryMany = 256;

    private readonly string? _first;
    private readonly object? _rest; // string[] or RoomList, without duplicates

    private RoomSet(string first, object? rest)
    {
        _first = first;
        _rest = rest;
    }

    public int Count => _first is null ? 0 : 1 + Rest.Length;

    public string this[int index] => index == 0 ? _first ?? throw new ArgumentOutOfRangeException(nameof(index)) : RestAt(index - 1);

    private ReadOnlySpan<string> Rest => _rest is RoomList list ? list.AsSpan() : (string[]?)_rest;

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

    public RoomSet Add(string room)
    {
        RoomName.ThrowIfInvalid(room, nameof(room));
        if (_first is null)
            return new RoomSet(room, null);
        if (_first == room)
            return this;
        if (_rest is RoomList list)
            return new RoomSet(_first, list.Add(room));
        var rest = Rest;
        if (rest.Contains(room))
            return this;
        return new RoomSet(_first, rest.Length < VeryMany ? (string[])[.. rest, room] : new RoomList(rest).Add(room));
    }

    public RoomSet Add(params ReadOnlySpan<string> rooms)
    {
        // A table of all rooms costs more than looking a few up.
        if (Count + rooms.Length >= Many && rooms.Length >= Count)
            return AddMany(rooms);
        var result = this;
        foreach (var room in rooms)
            result = result.Add(room);
        return result;
    }

    public string[] ToArray() => _first is null ? [] : [_first, .. Rest];

    private string RestAt(int index) => _rest is RoomList list ? list[index] : ((string[])_rest!)[index];

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

        return new RoomSet(distinct[0], distinct.Count == 1 ? null : CollectionsMarshal.AsSpan(distinct)[1..].ToArray());
    }
}
