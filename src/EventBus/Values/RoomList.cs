namespace EventBus;

/// <summary>
/// Very many room names in the order they were named: an immutable view of the beginning of a list that can grow. If rooms are added one by
/// one, all these views share one list, and none copies it. Thread-safe.
/// </summary>
internal sealed class RoomList
{
    private readonly Names _names;

    private RoomList(Names names, int count)
    {
        _names = names;
        Count = count;
    }

    /// <param name="rooms">The names, without duplicates.</param>
    public RoomList(ReadOnlySpan<string> rooms)
        : this(new Names(rooms), rooms.Length)
    {
    }

    public int Count { get; }

    public string this[int index] => index < Count ? _names[index] : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Returns a list that ends with the room, or this one if it contains the room.</summary>
    public RoomList Add(string room)
    {
        if (_names.TryAppend(room, Count, out var isNew))
            return isNew ? new RoomList(_names, Count + 1) : this;

        // Another list continues the names behind this one.
        var copy = new Names(_names.First(Count));
        copy.TryAppend(room, Count, out _);
        return new RoomList(copy, Count + 1);
    }

    public ReadOnlySpan<string> AsSpan() => _names.First(Count);

    /// <summary>A list that only grows. Its names never change, so a view reads its names without a lock.</summary>
    private sealed class Names
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, int> _places;
        private string[] _names;

        public Names(ReadOnlySpan<string> names)
        {
            _names = new string[names.Length * 2];
            names.CopyTo(_names);
            _places = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
            for (var i = 0; i < names.Length; i++)
                _places.Add(names[i], i);
        }

        public string this[int index] => Volatile.Read(ref _names)[index];

        public ReadOnlySpan<string> First(int count) => Volatile.Read(ref _names).AsSpan(0, count);

        /// <summary>Appends a name behind the first ones, unless it is among them.</summary>
        /// <returns>False if there are other names behind them.</returns>
        public bool TryAppend(string name, int count, out bool isNew)
        {
            lock (_lock)
            {
                isNew = !_places.TryGetValue(name, out var place) || place >= count;
                if (!isNew)
                    return true;
                if (_places.Count != count)
                    return false;
                if (_names.Length == count)
                {
                    var larger = _names;
                    Array.Resize(ref larger, count * 2);
                    larger[count] = name;
                    Volatile.Write(ref _names, larger);
                }
                else
                {
                    _names[count] = name;
                }

                _places.Add(name, count);
                return true;
            }
        }
    }
}
