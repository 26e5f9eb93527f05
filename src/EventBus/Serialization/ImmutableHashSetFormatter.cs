using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Immutable sets, as arrays; an item that comes twice is read once.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableHashSetFormatter<T, TFormatter> : IFormatter<ImmutableHashSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableHashSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableHashSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableHashSet.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}
