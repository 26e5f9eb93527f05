using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Immutable lists by their interface; reads an <see cref="ImmutableList{T}"/>.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableListInterfaceFormatter<T, TFormatter> : IFormatter<IImmutableList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IImmutableList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IImmutableList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableList.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}
