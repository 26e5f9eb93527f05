using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;

namespace EventBus.Serialization;

/// <summary>The names of an enum's members on the wire, from their attributes. Implemented by stateless generated structs.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEnumNames<T>
    where T : struct, Enum
{
    /// <summary>The name of a value, in UTF-8; empty if it has none.</summary>
    ReadOnlySpan<byte> NameOf(T value);

    /// <summary>Finds the value with exactly this name.</summary>
    bool TryFind(ReadOnlySpan<byte> name, out T value);
}

/// <summary>Enums, as numbers; reads names too.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumNumberFormatter<T> : IFormatter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
        => EnumInteger<T>.Write(ref writer, value);

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => EnumReading.Read<TReader, T>(ref reader);
}

/// <summary>Enums, as their names; a number if there is no name. Reads numbers too.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumNameFormatter<T> : IFormatter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (Enum.IsDefined(value))
            writer.WriteString(Enum.GetName(value));
        else
            EnumInteger<T>.Write(ref writer, value);
    }

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => EnumReading.Read<TReader, T>(ref reader);
}

/// <summary>Enums, as the names of their attributes; a number if there is no name. Reads numbers and C# names, too.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <typeparam name="TNames">The names.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumNameFormatter<T, TNames> : IFormatter<T>
    where T : struct, Enum
    where TNames : struct, IEnumNames<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
    {
        var name = default(TNames).NameOf(value);
        if (name.IsEmpty)
            EnumInteger<T>.Write(ref writer, value);
        else
            writer.WriteUtf8(name);
    }

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return reader.Kind == ValueKind.String
            ? GivenEnumName<T, TNames>.Parse(reader.ReadUtf8(), position)
            : EnumInteger<T>.Read(ref reader);
    }
}

/// <summary>Reads enums from a number or a name.</summary>
internal static class EnumReading
{
    public static T Read<TReader, T>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        where T : struct, Enum
    {
        var position = reader.Position;
        return reader.Kind == ValueKind.String ? EnumName<T>.Parse(reader.ReadUtf8(), position) : EnumInteger<T>.Read(ref reader);
    }
}

/// <summary>Finds an enum's values by the names of their attributes. C# names are read too: an older sender may use them.</summary>
internal static class GivenEnumName<T, TNames>
    where T : struct, Enum
    where TNames : struct, IEnumNames<T>
{
    public static T Parse(ReadOnlySpan<byte> name, int position) =>
        default(TNames).TryFind(name, out var value) ? value : EnumName<T>.Parse(name, position);
}

/// <summary>Finds an enum's values by their C# names; also reads digits.</summary>
internal static class EnumName<T>
    where T : struct, Enum
{
    // A longer name costs a string.
    private const int MaxLength = 128;

    public static T Parse(ReadOnlySpan<byte> name, int position)
    {
        Span<char> text = stackalloc char[MaxLength];
        var chars = name.Length <= MaxLength ? text[..Encoding.UTF8.GetChars(name, text)] : Encoding.UTF8.GetString(name).AsSpan();
        return Enum.TryParse<T>(chars, ignoreCase: true, out var value)
            ? value
            : throw new EventSerializationException($"The text is not a name of the enum {typeof(T).Name}.", position);
    }
}

/// <summary>An enum's values as integers.</summary>
internal static class EnumInteger<T>
    where T : struct, Enum
{
    private static readonly bool IsUnsigned =
        default(T).GetTypeCode() is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;

    public static void Write<TWriter>(ref TWriter writer, T value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (IsUnsigned)
            writer.WriteInteger(ToUInt64(value));
        else
            writer.WriteInteger(ToInt64(value));
    }

    public static T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var bits = IsUnsigned ? reader.ReadUInt64() : unchecked((ulong)reader.ReadInt64());
        var value = Unsafe.SizeOf<T>() switch
        {
            1 => From(unchecked((byte)bits)),
            2 => From(unchecked((ushort)bits)),
            4 => From(unchecked((uint)bits)),
            _ => From(bits),
        };
        var isWithin = (IsUnsigned ? ToUInt64(value) : unchecked((ulong)ToInt64(value))) == bits;
        return isWithin
            ? value
            : throw new EventSerializationException($"The number is not within the range of the enum {typeof(T).Name}.", position);
    }

    private static ulong ToUInt64(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, byte>(ref value),
        2 => Unsafe.As<T, ushort>(ref value),
        4 => Unsafe.As<T, uint>(ref value),
        _ => Unsafe.As<T, ulong>(ref value),
    };

    private static long ToInt64(T value) => Unsafe.SizeOf<T>() switch
    {
        1 => Unsafe.As<T, sbyte>(ref value),
        2 => Unsafe.As<T, short>(ref value),
        4 => Unsafe.As<T, int>(ref value),
        _ => Unsafe.As<T, long>(ref value),
    };

    private static T From<TBits>(TBits bits)
        where TBits : struct
        => Unsafe.As<TBits, T>(ref bits);
}
