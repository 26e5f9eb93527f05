using System.Runtime.InteropServices;

namespace EventBus.Serialization;

/// <summary>What all formatters of arrays and collections share.</summary>
internal static class Sequence<T, TFormatter>
    where TFormatter : struct, IFormatter<T>
{
    public static void WriteSpan<TWriter>(ref TWriter writer, ReadOnlySpan<T> items)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(items.Length);
        foreach (ref readonly var item in items)
            TFormatter.Write(ref writer, in item);
        writer.EndArray();
    }

    public static void Write<TWriter>(ref TWriter writer, IEnumerable<T> items)
        where TWriter : IValueWriter, allows ref struct
    {
        switch (items)
        {
            case null:
                throw NullValue.NotAllowed();
            case T[] array:
                WriteSpan(ref writer, new ReadOnlySpan<T>(array));
                break;
            case List<T> list:
                WriteSpan(ref writer, CollectionsMarshal.AsSpan(list));
                break;
            case HashSet<T> set:
                WriteSet(ref writer, set);
                break;
            case var _ when items.TryGetNonEnumeratedCount(out var count):
                WriteCounted(ref writer, items, count);
                break;
            default:
                WriteSpan(ref writer, CollectionsMarshal.AsSpan(items.ToList()));
                break;
        }
    }

    public static List<T> ReadList<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        // The list grows with what is really there, never ahead of it to what is declared.
        var items = new List<T>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            items.Add(TFormatter.Read(ref reader));
        return items;
    }

    public static T[] ReadArray<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => [.. ReadList(ref reader)];

    public static HashSet<T> ReadSet<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var items = new HashSet<T>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            items.Add(TFormatter.Read(ref reader));
        return items;
    }

    // The same as the counted way, without an enumerator on the heap.
    private static void WriteSet<TWriter>(ref TWriter writer, HashSet<T> items)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(items.Count);
        foreach (var item in items)
            TFormatter.Write(ref writer, in item);
        writer.EndArray();
    }

    private static void WriteCounted<TWriter>(ref TWriter writer, IEnumerable<T> items, int count)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(count);
        var left = count;
        foreach (var item in items)
        {
            TFormatter.Write(ref writer, in item);
            left--;
        }

        if (left != 0)
            throw new EventSerializationException($"The collection said that it holds {count} items, then yielded {count - left}. It must not change while it is written.");
        writer.EndArray();
    }
}
