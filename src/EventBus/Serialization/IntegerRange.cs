using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Reads integers that must be within the range of a type.</summary>
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

    /// <summary>As for the others, but through an integer of any size.</summary>
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

    private static EventSerializationException OutOfRange<T>(int position)
        where T : struct, IMinMaxValue<T>
        => new($"The number is not an integer between {T.MinValue} and {T.MaxValue}.", position);
}
