namespace EventBus.Serialization;

/// <summary>Collections; reads a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct CollectionFormatter<T, TFormatter> : IFormatter<ICollection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ICollection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ICollection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadList(ref reader);
}
