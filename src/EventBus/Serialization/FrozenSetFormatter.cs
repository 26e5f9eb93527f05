using System.Collections.Frozen;

namespace EventBus.Serialization;

/// <summary>Frozen sets, as arrays; an item that comes twice is read once.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct FrozenSetFormatter<T, TFormatter> : IFormatter<FrozenSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in FrozenSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public FrozenSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadSet(ref reader).ToFrozenSet();
}
