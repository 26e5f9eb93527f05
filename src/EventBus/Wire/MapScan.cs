using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// Reads a map with known keys in any order, and skips the others. A null member counts as left out, because JavaScript's <c>undefined</c>
/// becomes null in MessagePack. A duplicate of a known key is rejected: two readers could disagree about the valid one.
/// </summary>
internal struct MapScan
{
    private readonly WireKey _known;
    private readonly int _position;
    private ValueCursor _cursor;
    private WireKey _named;
    private WireKey _present;

    private MapScan(WireKey known, int position, ValueCursor cursor)
    {
        _known = known;
        _position = position;
        _cursor = cursor;
    }

    public static MapScan Begin<TReader>(ref TReader reader, WireKey known)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return new MapScan(known, position, reader.BeginMap());
    }

    /// <summary>Moves to the next known key with a value. The caller reads the value.</summary>
    public bool MoveNext<TReader>(ref TReader reader, out WireKey key)
        where TReader : IValueReader, allows ref struct
    {
        while (reader.MoveNext(ref _cursor))
        {
            var position = reader.Position;
            key = WireKeys.Find(reader.ReadKey()) & _known;
            if (key is WireKey.None)
            {
                reader.Skip();
                continue;
            }

            if ((_named & key) != 0)
                throw new EventSerializationException($"The key '{key}' comes twice in one map of a cluster message.", position);
            _named |= key;
            if (reader.TryReadNull())
                continue;
            _present |= key;
            return true;
        }

        key = WireKey.None;
        return false;
    }

    public readonly bool Has(WireKey key) => (_present & key) != 0;

    /// <exception cref="EventSerializationException">One of the keys had no value.</exception>
    public readonly void Require(WireKey keys)
    {
        var missing = keys & ~_present;
        if (missing is not WireKey.None)
            throw new EventSerializationException($"A cluster message lacks '{missing}'.", _position);
    }
}
