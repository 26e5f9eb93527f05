using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Immutable sorted sets, as arrays; read with the default comparer, and an item that comes twice once.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableSortedSetFormatter<T, TFormatter> : IFormatter<ImmutableSortedSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableSortedSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableSortedSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableSortedSet.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}
