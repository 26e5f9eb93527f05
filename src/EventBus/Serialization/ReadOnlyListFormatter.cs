namespace EventBus.Serialization;

/// <summary>Lists to be read; reads an array.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ReadOnlyListFormatter<T, TFormatter> : IFormatter<IReadOnlyList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IReadOnlyList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IReadOnlyList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadArray(ref reader);
}
