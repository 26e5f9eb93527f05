using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace EventBus.Serialization;

/// <summary>Immutable arrays.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ImmutableArrayFormatter<T, TFormatter> : IFormatter<ImmutableArray<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableArray<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.WriteSpan(ref writer, value.IsDefault ? throw NullValue.NotAllowed() : value.AsSpan());

    /// <inheritdoc/>
    public ImmutableArray<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableCollectionsMarshal.AsImmutableArray(Sequence<T, TFormatter>.ReadArray(ref reader));
}
