using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Formats tuples of one as arrays. They are the rest of tuples of eight.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T1Formatter>
    : IFormatter<ValueTuple<T1>>, IItemsFormatter<ValueTuple<T1>>
    where T1Formatter : struct, IFormatter<T1>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ValueTuple<T1> value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public ValueTuple<T1> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default(ValueTuple<T1>));

    int IItemsFormatter<ValueTuple<T1>>.Count => 1;

    void IItemsFormatter<ValueTuple<T1>>.WriteItems<TWriter>(ref TWriter writer, in ValueTuple<T1> items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
    }

    ValueTuple<T1> IItemsFormatter<ValueTuple<T1>>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in ValueTuple<T1> defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1));
}

/// <summary>Formats tuples of two as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T1Formatter, T2Formatter>
    : IFormatter<(T1, T2)>, IItemsFormatter<(T1, T2)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2)));

    int IItemsFormatter<(T1, T2)>.Count => 2;

    void IItemsFormatter<(T1, T2)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
    }

    (T1, T2) IItemsFormatter<(T1, T2)>.ReadItems<TReader, TItems>(ref TReader reader, ref TItems items, in (T1, T2) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2));
}

/// <summary>Formats tuples of three as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T1Formatter, T2Formatter, T3Formatter>
    : IFormatter<(T1, T2, T3)>, IItemsFormatter<(T1, T2, T3)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2, T3) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2, T3)));

    int IItemsFormatter<(T1, T2, T3)>.Count => 3;

    void IItemsFormatter<(T1, T2, T3)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2, T3) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
    }

    (T1, T2, T3) IItemsFormatter<(T1, T2, T3)>.ReadItems<TReader, TItems>(ref TReader reader, ref TItems items, in (T1, T2, T3) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3));
}

/// <summary>Formats tuples of four as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T1Formatter, T2Formatter, T3Formatter, T4Formatter>
    : IFormatter<(T1, T2, T3, T4)>, IItemsFormatter<(T1, T2, T3, T4)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3, T4) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2, T3, T4) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2, T3, T4)));

    int IItemsFormatter<(T1, T2, T3, T4)>.Count => 4;

    void IItemsFormatter<(T1, T2, T3, T4)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2, T3, T4) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
        default(T4Formatter).Write(ref writer, in items.Item4);
    }

    (T1, T2, T3, T4) IItemsFormatter<(T1, T2, T3, T4)>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in (T1, T2, T3, T4) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3),
            items.Read<TReader, T4, T4Formatter>(ref reader, in defaults.Item4));
}

/// <summary>Formats tuples of five as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T5, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter>
    : IFormatter<(T1, T2, T3, T4, T5)>, IItemsFormatter<(T1, T2, T3, T4, T5)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
    where T5Formatter : struct, IFormatter<T5>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2, T3, T4, T5) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2, T3, T4, T5)));

    int IItemsFormatter<(T1, T2, T3, T4, T5)>.Count => 5;

    void IItemsFormatter<(T1, T2, T3, T4, T5)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
        default(T4Formatter).Write(ref writer, in items.Item4);
        default(T5Formatter).Write(ref writer, in items.Item5);
    }

    (T1, T2, T3, T4, T5) IItemsFormatter<(T1, T2, T3, T4, T5)>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in (T1, T2, T3, T4, T5) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3),
            items.Read<TReader, T4, T4Formatter>(ref reader, in defaults.Item4),
            items.Read<TReader, T5, T5Formatter>(ref reader, in defaults.Item5));
}

/// <summary>Formats tuples of six as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T5, T6, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter,
    T6Formatter>
    : IFormatter<(T1, T2, T3, T4, T5, T6)>, IItemsFormatter<(T1, T2, T3, T4, T5, T6)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
    where T5Formatter : struct, IFormatter<T5>
    where T6Formatter : struct, IFormatter<T6>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5, T6) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2, T3, T4, T5, T6) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2, T3, T4, T5, T6)));

    int IItemsFormatter<(T1, T2, T3, T4, T5, T6)>.Count => 6;

    void IItemsFormatter<(T1, T2, T3, T4, T5, T6)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5, T6) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
        default(T4Formatter).Write(ref writer, in items.Item4);
        default(T5Formatter).Write(ref writer, in items.Item5);
        default(T6Formatter).Write(ref writer, in items.Item6);
    }

    (T1, T2, T3, T4, T5, T6) IItemsFormatter<(T1, T2, T3, T4, T5, T6)>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in (T1, T2, T3, T4, T5, T6) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3),
            items.Read<TReader, T4, T4Formatter>(ref reader, in defaults.Item4),
            items.Read<TReader, T5, T5Formatter>(ref reader, in defaults.Item5),
            items.Read<TReader, T6, T6Formatter>(ref reader, in defaults.Item6));
}

/// <summary>Formats tuples of seven as arrays.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T5, T6, T7, T1Formatter, T2Formatter, T3Formatter, T4Formatter, T5Formatter,
    T6Formatter, T7Formatter>
    : IFormatter<(T1, T2, T3, T4, T5, T6, T7)>, IItemsFormatter<(T1, T2, T3, T4, T5, T6, T7)>
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
    where T5Formatter : struct, IFormatter<T5>
    where T6Formatter : struct, IFormatter<T6>
    where T7Formatter : struct, IFormatter<T7>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5, T6, T7) value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public (T1, T2, T3, T4, T5, T6, T7) Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default((T1, T2, T3, T4, T5, T6, T7)));

    int IItemsFormatter<(T1, T2, T3, T4, T5, T6, T7)>.Count => 7;

    void IItemsFormatter<(T1, T2, T3, T4, T5, T6, T7)>.WriteItems<TWriter>(ref TWriter writer, in (T1, T2, T3, T4, T5, T6, T7) items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
        default(T4Formatter).Write(ref writer, in items.Item4);
        default(T5Formatter).Write(ref writer, in items.Item5);
        default(T6Formatter).Write(ref writer, in items.Item6);
        default(T7Formatter).Write(ref writer, in items.Item7);
    }

    (T1, T2, T3, T4, T5, T6, T7) IItemsFormatter<(T1, T2, T3, T4, T5, T6, T7)>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in (T1, T2, T3, T4, T5, T6, T7) defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3),
            items.Read<TReader, T4, T4Formatter>(ref reader, in defaults.Item4),
            items.Read<TReader, T5, T5Formatter>(ref reader, in defaults.Item5),
            items.Read<TReader, T6, T6Formatter>(ref reader, in defaults.Item6),
            items.Read<TReader, T7, T7Formatter>(ref reader, in defaults.Item7));
}

/// <summary>Formats tuples of eight and more as arrays: the first seven items, and the tuple of the rest.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleFormatter<T1, T2, T3, T4, T5, T6, T7, TRest, T1Formatter, T2Formatter, T3Formatter, T4Formatter,
    T5Formatter, T6Formatter, T7Formatter, TRestFormatter>
    : IFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>, IItemsFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
    where T1Formatter : struct, IFormatter<T1>
    where T2Formatter : struct, IFormatter<T2>
    where T3Formatter : struct, IFormatter<T3>
    where T4Formatter : struct, IFormatter<T4>
    where T5Formatter : struct, IFormatter<T5>
    where T6Formatter : struct, IFormatter<T6>
    where T7Formatter : struct, IFormatter<T7>
    where TRestFormatter : struct, IItemsFormatter<TRest>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
        where TWriter : IValueWriter, allows ref struct
        => Tuples.Write(ref writer, in value, this);

    /// <inheritdoc/>
    public ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Tuples.Read(ref reader, this, default(ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>));

    int IItemsFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>.Count => 7 + default(TRestFormatter).Count;

    void IItemsFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>.WriteItems<TWriter>(
        ref TWriter writer, in ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> items)
    {
        default(T1Formatter).Write(ref writer, in items.Item1);
        default(T2Formatter).Write(ref writer, in items.Item2);
        default(T3Formatter).Write(ref writer, in items.Item3);
        default(T4Formatter).Write(ref writer, in items.Item4);
        default(T5Formatter).Write(ref writer, in items.Item5);
        default(T6Formatter).Write(ref writer, in items.Item6);
        default(T7Formatter).Write(ref writer, in items.Item7);
        default(TRestFormatter).WriteItems(ref writer, in items.Rest);
    }

    ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> IItemsFormatter<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>.ReadItems<TReader, TItems>(
        ref TReader reader, ref TItems items, in ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> defaults)
        => new(
            items.Read<TReader, T1, T1Formatter>(ref reader, in defaults.Item1),
            items.Read<TReader, T2, T2Formatter>(ref reader, in defaults.Item2),
            items.Read<TReader, T3, T3Formatter>(ref reader, in defaults.Item3),
            items.Read<TReader, T4, T4Formatter>(ref reader, in defaults.Item4),
            items.Read<TReader, T5, T5Formatter>(ref reader, in defaults.Item5),
            items.Read<TReader, T6, T6Formatter>(ref reader, in defaults.Item6),
            items.Read<TReader, T7, T7Formatter>(ref reader, in defaults.Item7),
            default(TRestFormatter).ReadItems(ref reader, ref items, in defaults.Rest));
}
