namespace EventBus.Serialization;

/// <summary>Reads a tuple's items, which are an array's.</summary>
internal static class TupleItem
{
    /// <param name="reader">The reader.</param>
    /// <param name="cursor">The array's cursor.</param>
    /// <param name="position">Where the array begins.</param>
    public static T Read<TReader, T, TFormatter>(ref TReader reader, ref ValueCursor cursor, int position)
        where TReader : IValueReader, allows ref struct
        where TFormatter : struct, IFormatter<T>
        => !cursor.Ended && reader.MoveNext(ref cursor)
            ? default(TFormatter).Read(ref reader)
            : throw new EventSerializationException("The array has fewer values than the tuple has items.", position);

    public static void SkipRest<TReader>(ref TReader reader, ref ValueCursor cursor)
        where TReader : IValueReader, allows ref struct
    {
        while (reader.MoveNext(ref cursor))
            reader.Skip();
    }
}
