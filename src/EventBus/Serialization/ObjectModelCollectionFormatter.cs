using System.Collections.ObjectModel;

namespace EventBus.Serialization;

/// <summary>Collections of type <see cref="Collection{T}"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ObjectModelCollectionFormatter<T, TFormatter> : IFormatter<Collection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Collection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Collection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}
