namespace EventBus.Serialization;

/// <summary>The common code of the formatters of dictionaries.</summary>
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

    /// <summary>Reads a map. The last value of a duplicate key wins, as in JavaScript.</summary>
    public static Dictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var pairs = new Dictionary<TKey, TValue>();
        var cursor = reader.BeginMap();
        while (reader.MoveNext(ref cursor))
            pairs[default(TKeyFormatter).ReadKey(ref reader)] = default(TValueFormatter).Read(ref reader);
        return pairs;
    }

    /// <summary>Reads a map in its order. A duplicate key keeps its first place and its last value, as in JavaScript.</summary>
    public static OrderedDictionary<TKey, TValue> ReadOrdered<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var pairs = new OrderedDictionary<TKey, TValue>();
        var cursor = reader.BeginMap();
        while (reader.MoveNext(ref cursor))
            pairs[default(TKeyFormatter).ReadKey(ref reader)] = default(TValueFormatter).Read(ref reader);
        return pairs;
    }

    // As WriteCounted, without an enumerator on the heap.
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
        {
            throw new EventSerializationException(
                $"The dictionary has a count of {count}, but {count - left} pairs. Do not change it while it is written.");
        }

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
