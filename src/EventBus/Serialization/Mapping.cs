namespace EventBus.Serialization;

/// <summary>What all formatters of dictionaries share.</summary>
internal static class Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    public static void Write<TWriter>(ref TWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> pairs)
        where TWriter : IValueWriter, allows ref struct
    {
        switch (pairs)
        {
            case null:
                throw NullValue.NotAllowed();
            case Dictionary<TKey, TValue> dictionary:
                WriteDictionary(ref writer, dictionary);
                break;
            case var _ when pairs.TryGetNonEnumeratedCount(out var count):
                WriteCounted(ref writer, pairs, count);
                break;
            default:
                var copy = pairs.ToList();
                WriteCounted(ref writer, copy, copy.Count);
                break;
        }
    }

    /// <summary>Reads a map; of a key that comes twice the last value holds, as in JavaScript.</summary>
    public static Dictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var pairs = new Dictionary<TKey, TValue>();
        var cursor = reader.BeginMap();
        while (reader.MoveNext(ref cursor))
            pairs[default(TKeyFormatter).ReadKey(ref reader)] = default(TValueFormatter).Read(ref reader);
        return pairs;
    }

    // The same as the counted way, without an enumerator on the heap.
    private static void WriteDictionary<TWriter>(ref TWriter writer, Dictionary<TKey, TValue> pairs)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(pairs.Count);
        foreach (var pair in pairs)
            WritePair(ref writer, pair);
        writer.EndMap();
    }

    private static void WriteCounted<TWriter>(ref TWriter writer, IEnumerable<KeyValuePair<TKey, TValue>> pairs, int count)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(count);
        var left = count;
        foreach (var pair in pairs)
        {
            WritePair(ref writer, pair);
            left--;
        }

        if (left != 0)
            throw new EventSerializationException($"The dictionary said that it holds {count} pairs, then yielded {count - left}. It must not change while it is written.");
        writer.EndMap();
    }

    private static void WritePair<TWriter>(ref TWriter writer, KeyValuePair<TKey, TValue> pair)
        where TWriter : IValueWriter, allows ref struct
    {
        var (key, value) = pair;
        default(TKeyFormatter).WriteKey(ref writer, key);
        default(TValueFormatter).Write(ref writer, in value);
    }
}
