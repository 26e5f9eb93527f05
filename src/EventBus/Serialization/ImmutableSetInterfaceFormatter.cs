using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Immutable sets by their interface; reads an <see cref="ImmutableHashSet{T}"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableSetInterfaceFormatter<T, TFormatter> : IFormatter<IImmutableSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IImmutableSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IImmutableSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableHashSet.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}
