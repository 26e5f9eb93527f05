using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Integers of type <see cref="sbyte"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SByteFormatter : IFormatter<sbyte>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in sbyte value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public sbyte Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, sbyte>(ref reader);
}

/// <summary>Integers of type <see cref="byte"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteFormatter : IFormatter<byte>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in byte value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public byte Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, byte>(ref reader);
}

/// <summary>Integers of type <see cref="short"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int16Formatter : IFormatter<short>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in short value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public short Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, short>(ref reader);
}

/// <summary>Integers of type <see cref="ushort"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt16Formatter : IFormatter<ushort>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ushort value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public ushort Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, ushort>(ref reader);
}

/// <summary>Integers of type <see cref="int"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int32Formatter : IFormatter<int>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in int value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((long)value);

    /// <inheritdoc/>
    public int Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, int>(ref reader);
}

/// <summary>Integers of type <see cref="uint"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt32Formatter : IFormatter<uint>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in uint value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger((ulong)value);

    /// <inheritdoc/>
    public uint Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.Read<TReader, uint>(ref reader);
}

/// <summary>Integers of type <see cref="long"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int64Formatter : IFormatter<long>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in long value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger(value);

    /// <inheritdoc/>
    public long Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadInt64();
}

/// <summary>Integers of type <see cref="ulong"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt64Formatter : IFormatter<ulong>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ulong value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteInteger(value);

    /// <inheritdoc/>
    public ulong Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadUInt64();
}

/// <summary>Integers of type <see cref="Int128"/>, as text; reads numbers too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int128Formatter : IFormatter<Int128>, IKeyFormatter<Int128>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Int128 value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public Int128 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.ReadLarge<TReader, Int128>(ref reader);

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Int128 key)
        where TWriter : IValueWriter, allows ref struct
        => default(IntegerKeyFormatter<Int128>).WriteKey(ref writer, key);

    /// <inheritdoc/>
    public Int128 ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => default(IntegerKeyFormatter<Int128>).ReadKey(ref reader);
}

/// <summary>Integers of type <see cref="UInt128"/>, as text; reads numbers too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt128Formatter : IFormatter<UInt128>, IKeyFormatter<UInt128>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in UInt128 value)
        where TWriter : IValueWriter, allows ref struct
        => ShortText.Write(ref writer, value);

    /// <inheritdoc/>
    public UInt128 Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => IntegerRange.ReadLarge<TReader, UInt128>(ref reader);

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, UInt128 key)
        where TWriter : IValueWriter, allows ref struct
        => default(IntegerKeyFormatter<UInt128>).WriteKey(ref writer, key);

    /// <inheritdoc/>
    public UInt128 ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => default(IntegerKeyFormatter<UInt128>).ReadKey(ref reader);
}

/// <summary>Integers of up to 10,000 digits, as text; reads numbers too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BigIntegerFormatter : IFormatter<BigInteger>, IKeyFormatter<BigInteger>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in BigInteger value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteString(Digits(value));

    /// <inheritdoc/>
    public BigInteger Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBigInteger();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, BigInteger key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(Digits(key));

    /// <inheritdoc/>
    public BigInteger ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return ExactNumber.TryParseInteger(reader.ReadKey(), out BigInteger key)
            ? key
            : throw new EventSerializationException("The key is not an integer.", position);
    }

    private static string Digits(BigInteger value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Length <= SerializationLimits.MaxIntegerDigits
            ? text
            : throw new EventSerializationException($"The integer has more than {SerializationLimits.MaxIntegerDigits} digits.");
    }
}

/// <summary>Reads integers, and checks the range of their type.</summary>
internal static class IntegerRange
{
    public static T Read<TReader, T>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var position = reader.Position;
        var integer = reader.ReadInt64();
        var value = T.CreateTruncating(integer);
        return long.CreateTruncating(value) == integer ? value : throw OutOfRange<T>(position);
    }

    /// <summary>Reads an integer of more than 64 bits.</summary>
    public static T ReadLarge<TReader, T>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var position = reader.Position;
        var integer = reader.ReadBigInteger();
        return integer >= BigInteger.CreateTruncating(T.MinValue) && integer <= BigInteger.CreateTruncating(T.MaxValue)
            ? T.CreateTruncating(integer)
            : throw OutOfRange<T>(position);
    }

    /// <summary>Checks the range of an integer that is read.</summary>
    public static T Narrow<T>(Int128 integer, int position)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        var value = T.CreateTruncating(integer);
        return Int128.CreateTruncating(value) == integer ? value : throw OutOfRange<T>(position);
    }

    private static EventSerializationException OutOfRange<T>(int position)
        where T : struct, IMinMaxValue<T>
        => new($"The number is not an integer between {T.MinValue} and {T.MaxValue}.", position);
}
