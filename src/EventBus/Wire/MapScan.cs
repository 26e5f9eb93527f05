using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// Goes through a map whose keys are known, in whatever order they come. Other keys are skipped; null is what JavaScript's <c>undefined</c> becomes in
/// MessagePack, so a null member counts as left out. A known key that comes twice is refused: two readers could disagree about which one holds.
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

    /// <summary>Moves to the next known key that has a value, which the caller then reads.</summary>
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
