namespace EventBus.Serialization;

/// <summary>Tuples of four, as arrays; further values are skipped.</summary>
/// <typeparam name="T1">The type of item 1.</typeparam>
/// <typeparam name="T2">The type of item 2.</typeparam>
/// <typeparam name="T3">The type of item 3.</typeparam>
/// <typeparam name="T4">The type of item 4.</typeparam>
/// <typeparam name="T1Formatter">The formatter of item 1.</typeparam>
/// <typeparam name="T2Formatter">The formatter of item 2.</typeparam>
/// <typeparam name="T3Formatter">The formatter of item 3.</typeparam>
/// <typeparam name="T4Formatter">The formatter of item 4.</typeparam>
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T1Formatter, T2Formatter, T3Formatter, T4Formatter> : IFormatter<(T1, T2, T3, T4)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3, T4) value)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(4);
        default(T1Formatter).Write(ref writer, in value.Item1);
        default(T2Formatter).Write(ref writer, in value.Item2);
        default(T3Formatter).Write(ref writer, in value.Item3);
        default(T4Formatter).Write(ref writer, in value.Item4);
        writer.EndArray();
    }

    /// <inheritdoc/>
    public (T1, T2, T3, T4) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var cursor = reader.BeginArray();
        var value = (
            TupleItem.Read<TReader, T1, T1Formatter>(ref reader, ref cursor, position),
            TupleItem.Read<TReader, T2, T2Formatter>(ref reader, ref cursor, position),
            TupleItem.Read<TReader, T3, T3Formatter>(ref reader, ref cursor, position),
            TupleItem.Read<TReader, T4, T4Formatter>(ref reader, ref cursor, position));
        TupleItem.SkipRest(ref reader, ref cursor);
        return value;
    }
}
