using System.Collections.ObjectModel;
using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrayFormatter<T, TFormatter> : IFormatter<T[]>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T[] value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public T[] Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadArray(ref reader);
}

/// <summary>Lists.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListFormatter<T, TFormatter> : IFormatter<List<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in List<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public List<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadList(ref reader);
}

/// <summary>Lists of any kind; reads a <see cref="List{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListInterfaceFormatter<T, TFormatter> : IFormatter<IList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadList(ref reader);
}

/// <summary>Read-only lists; reads an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyListFormatter<T, TFormatter> : IFormatter<IReadOnlyList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IReadOnlyList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IReadOnlyList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadArray(ref reader);
}

/// <summary>Collections; reads a list.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Read-only collections; reads an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyCollectionFormatter<T, TFormatter> : IFormatter<IReadOnlyCollection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IReadOnlyCollection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IReadOnlyCollection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadArray(ref reader);
}

/// <summary>Sequences; reads an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumerableFormatter<T, TFormatter> : IFormatter<IEnumerable<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IEnumerable<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IEnumerable<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadArray(ref reader);
}

/// <summary>Linked lists.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LinkedListFormatter<T, TFormatter> : IFormatter<LinkedList<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in LinkedList<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public LinkedList<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Queues, as arrays from the head to the tail.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QueueFormatter<T, TFormatter> : IFormatter<Queue<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Queue<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Queue<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Stacks, as arrays from the top to the bottom.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StackFormatter<T, TFormatter> : IFormatter<Stack<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Stack<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Stack<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var items = Sequence<T, TFormatter>.ReadList(ref reader);
        items.Reverse();
        return new Stack<T>(items);
    }
}

/// <summary>Collections of type <see cref="Collection{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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

/// <summary>Collections of type <see cref="ReadOnlyCollection{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObjectModelReadOnlyCollectionFormatter<T, TFormatter> : IFormatter<ReadOnlyCollection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ReadOnlyCollection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ReadOnlyCollection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Observable collections.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObservableCollectionFormatter<T, TFormatter> : IFormatter<ObservableCollection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ObservableCollection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ObservableCollection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Sets, as arrays; duplicate items are read once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HashSetFormatter<T, TFormatter> : IFormatter<HashSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in HashSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public HashSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadSet(ref reader);
}

/// <summary>Sorted sets, as arrays; read with the default comparer, duplicate items once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedSetFormatter<T, TFormatter> : IFormatter<SortedSet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in SortedSet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public SortedSet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}

/// <summary>Sets of any kind, as arrays; reads a <see cref="HashSet{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SetFormatter<T, TFormatter> : IFormatter<ISet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ISet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ISet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadSet(ref reader);
}

/// <summary>Read-only sets, as arrays; reads a <see cref="HashSet{T}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlySetFormatter<T, TFormatter> : IFormatter<IReadOnlySet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IReadOnlySet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IReadOnlySet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Sequence<T, TFormatter>.ReadSet(ref reader);
}

/// <summary>Sets of type <see cref="ReadOnlySet{T}"/>, as arrays; duplicate items are read once.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObjectModelReadOnlySetFormatter<T, TFormatter> : IFormatter<ReadOnlySet<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ReadOnlySet<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ReadOnlySet<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadSet(ref reader));
}
