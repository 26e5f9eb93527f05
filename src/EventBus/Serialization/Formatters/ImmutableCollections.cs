using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EventBus.Serialization;

/// <summary>Immutable arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Immutable lists.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableListFormatter<T, TFormatter> : IFormatter<ImmutableList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableList.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Immutable lists by their interface; reads an <see cref="ImmutableList{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Immutable queues, as arrays from the head to the tail.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableQueueFormatter<T, TFormatter> : IFormatter<ImmutableQueue<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableQueue<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableQueue<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => ImmutableQueue.CreateRange(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Immutable stacks, as arrays from the top to the bottom.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Immutable sets, as arrays; duplicate items are read once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Immutable sorted sets, as arrays; read with the default comparer, duplicate items once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Immutable sets by their interface; reads an <see cref="ImmutableHashSet{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Frozen sets, as arrays; duplicate items are read once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
