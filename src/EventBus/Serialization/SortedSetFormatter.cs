namespace EventBus.Serialization;

/// <summary>Sorted sets, as arrays; read with the default comparer, and an item that comes twice once.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct SortedSetFormatter<T, TFormatter> : IFormatter<SortedSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in SortedSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public SortedSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}
