using System.Runtime.CompilerServices;

namespace EventBus.Serialization;

/// <summary>An enum's values as the integers beneath them.</summary>
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
        return isWithin ? value : throw new EventSerializationException($"The number is not within the range of the enum {typeof(T).Name}.", position);
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
