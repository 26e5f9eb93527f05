using System.Collections.Immutable;

namespace EventBus.Serialization;

/// <summary>Immutable stacks, as arrays from the top to the bottom.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableStackFormatter<T, TFormatter> : IFormatter<ImmutableStack<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableStack<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableStack<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var items = Sequence<T, TFormatter>.ReadList(ref reader);
        items.Reverse();
        return ImmutableStack.CreateRange(items);
    }
}
