using System.Globalization;
using System.Numerics;

namespace EventBus.Serialization;

/// <summary>Keys that are an integer, in digits.</summary>
/// <typeparam name="T">The type of integer.</typeparam>
public readonly struct IntegerKeyFormatter<T> : IKeyFormatter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, T key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[ShortText.MaxLength];
        key.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteKey(text[..length]);
    }

    /// <inheritdoc/>
    public T ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return T.TryParse(reader.ReadKey(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new EventSerializationException($"The key is not an integer between {T.MinValue} and {T.MaxValue}.", position);
    }
}
