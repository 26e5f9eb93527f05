using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Dictionaries, as maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<Dictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Dictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Dictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader);
}

/// <summary>Dictionaries of any kind, as maps; reads a <see cref="Dictionary{TKey, TValue}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryInterfaceFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<IDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader);
}

/// <summary>Read-only dictionaries, as maps; reads a <see cref="Dictionary{TKey, TValue}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<IReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IReadOnlyDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IReadOnlyDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader);
}

/// <summary>Dictionaries that keep the order of their pairs, as maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OrderedDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<OrderedDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in OrderedDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public OrderedDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.ReadOrdered(ref reader);
}

/// <summary>Sorted dictionaries, as maps; read with the default comparer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<SortedDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in SortedDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public SortedDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader));
}

/// <summary>Sorted lists, as maps; read with the default comparer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedListFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<SortedList<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in SortedList<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public SortedList<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader));
}

/// <summary>Concurrent dictionaries, as maps; a snapshot is written.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConcurrentDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<ConcurrentDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ConcurrentDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value?.ToArray() ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public ConcurrentDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader));
}

/// <summary>Dictionaries of type <see cref="ReadOnlyDictionary{TKey, TValue}"/>, as maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObjectModelReadOnlyDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<ReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ReadOnlyDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ReadOnlyDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader));
}

/// <summary>Immutable dictionaries, as maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<ImmutableDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader).ToImmutableDictionary();
}

/// <summary>Immutable dictionaries by their interface, as maps; reads an <see cref="ImmutableDictionary{TKey, TValue}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableDictionaryInterfaceFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<IImmutableDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in IImmutableDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public IImmutableDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader).ToImmutableDictionary();
}

/// <summary>Immutable sorted dictionaries, as maps; read with the default comparer.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableSortedDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter>
    : IFormatter<ImmutableSortedDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ImmutableSortedDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ImmutableSortedDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader).ToImmutableSortedDictionary();
}

/// <summary>Frozen dictionaries, as maps.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrozenDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<FrozenDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in FrozenDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public FrozenDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader).ToFrozenDictionary();
}
