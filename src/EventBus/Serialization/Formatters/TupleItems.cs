using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>
/// Writes and reads several values without the array around them: the items of a tuple, or the arguments of an event. For generated code.
/// </summary>
/// <typeparam name="T">The type that holds the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IItemsFormatter<T>
{
    /// <summary>The number of values.</summary>
    int Count { get; }

    /// <summary>Writes the values.</summary>
    void WriteItems<TWriter>(ref TWriter writer, in T items)
        where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads the values.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="items">Reads each value.</param>
    /// <param name="defaults">The values that <paramref name="items"/> may use if there are none.</param>
    T ReadItems<TReader, TItems>(ref TReader reader, ref TItems items, in T defaults)
        where TReader : IValueReader, allows ref struct
        where TItems : struct, IItemReader;
}

/// <summary>Reads the next of several values, and decides if it may be missing. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IItemReader
{
    /// <summary>Reads the next value.</summary>
    /// <exception cref="EventSerializationException">The value is missing, or is of another type.</exception>
    T Read<TReader, T, TFormatter>(ref TReader reader, in T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>;
}

/// <summary>Writes and reads the array of a tuple. Values after the last item are skipped.</summary>
internal static class Tuples
{
    public static void Write<TWriter, T, TFormatter>(ref TWriter writer, in T value, TFormatter formatter)
        where TWriter : IValueWriter, allows ref struct
        where TFormatter : struct, IItemsFormatter<T>
    {
        writer.BeginArray(formatter.Count);
        formatter.WriteItems(ref writer, in value);
        writer.EndArray();
    }

    public static T Read<TReader, T, TFormatter>(ref TReader reader, TFormatter formatter, in T defaults)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IItemsFormatter<T>
    {
        var items = new TupleItems(reader.Position, reader.BeginArray());
        var value = formatter.ReadItems(ref reader, ref items, in defaults);
        items.SkipRest(ref reader);
        return value;
    }
}

/// <summary>Reads the items of a tuple, none of which may be missing.</summary>
/// <param name="position">The position of the array.</param>
/// <param name="cursor">The cursor of the array.</param>
internal struct TupleItems(int position, ValueCursor cursor) : IItemReader
{
    private ValueCursor _cursor = cursor;

    public T Read<TReader, T, TFormatter>(ref TReader reader, in T defaultValue)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
        => !_cursor.Ended && reader.MoveNext(ref _cursor)
            ? default(TFormatter).Read(ref reader)
            : throw new EventSerializationException("The array has fewer values than the tuple has items.", position);

    public void SkipRest<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        while (reader.MoveNext(ref _cursor))
            reader.Skip();
    }
}
