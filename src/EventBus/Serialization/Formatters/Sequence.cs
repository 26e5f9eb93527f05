using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventBus.Serialization;

/// <summary>The common code of the formatters of arrays and collections.</summary>
internal static class Sequence<T, TFormatter>
    where TFormatter : struct, IFormatter<T>
{
    private const int FirstCapacity = 16;

    public static void WriteSpan<TWriter>(ref TWriter writer, ReadOnlySpan<T> items)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(items.Length);
        foreach (ref readonly var item in items)
            default(TFormatter).Write(ref writer, in item);
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
        // The list grows with the items that are there. A declared count may be false.
        var items = new List<T>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            items.Add(default(TFormatter).Read(ref reader));
        return items;
    }

    public static T[] ReadArray<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        // The number of items is not known yet. They are collected in pooled memory, so that only the array is allocated.
        var items = ArrayPool<T>.Shared.Rent(FirstCapacity);
        var count = 0;
        try
        {
            var cursor = reader.BeginArray();
            while (reader.MoveNext(ref cursor))
            {
                if (count == items.Length)
                    Grow(ref items);
                items[count++] = default(TFormatter).Read(ref reader);
            }

            return items.AsSpan(0, count).ToArray();
        }
        finally
        {
            Return(items);
        }
    }

    public static HashSet<T> ReadSet<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var items = new HashSet<T>();
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            items.Add(default(TFormatter).Read(ref reader));
        return items;
    }

    private static void Grow(ref T[] items)
    {
        var larger = ArrayPool<T>.Shared.Rent(items.Length * 2);
        items.CopyTo(larger, 0);
        Return(items);
        items = larger;
    }

    private static void Return(T[] items) => ArrayPool<T>.Shared.Return(items, RuntimeHelpers.IsReferenceOrContainsReferences<T>());

    // As WriteCounted, without an enumerator on the heap.
    private static void WriteSet<TWriter>(ref TWriter writer, HashSet<T> items)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(items.Count);
        foreach (var item in items)
            default(TFormatter).Write(ref writer, in item);
        writer.EndArray();
    }

    private static void WriteCounted<TWriter>(ref TWriter writer, IEnumerable<T> items, int count)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(count);
        var left = count;
        foreach (var item in items)
        {
            default(TFormatter).Write(ref writer, in item);
            left--;
        }

        if (left != 0)
        {
            throw new EventSerializationException(
                $"The collection has a count of {count}, but {count - left} items. Do not change it while it is written.");
        }

        writer.EndArray();
    }
}
