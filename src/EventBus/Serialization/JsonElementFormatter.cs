using System.Text.Json;

namespace EventBus.Serialization;

/// <summary>Any JSON value as a <see cref="JsonElement"/>. A timestamp is read as the text that it is in a notification; binary is refused, as JSON has no form for it.</summary>
public readonly struct JsonElementFormatter : IFormatter<JsonElement>
{
    /// <summary>As deep as values on the wire may be.</summary>
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = SerializationLimits.MaxDepth };

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in JsonElement value)
        where TWriter : IValueWriter, allows ref struct
        => default(EventValueFormatter).Write(ref writer, ToValue(value));

    /// <inheritdoc/>
    public JsonElement Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => JsonElement.Parse(ReadText(ref reader), Options);

    /// <summary>The next value as JSON text: however it was encoded, the text is the same.</summary>
    internal static byte[] ReadText<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var value = default(EventValueFormatter).Read(ref reader);
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        default(EventValueFormatter).Write(ref writer, in value);
        return writer.MetBinary
            ? throw new EventSerializationException("The value holds binary, for which JSON has no form; declare it as an EventValue.", position)
            : buffer.WrittenSpan.ToArray();
    }

    internal static EventValue ToValue(JsonElement value)
    {
        try
        {
            return EventValue.FromJson(value);
        }
        catch (ArgumentException exception)
        {
            throw new EventSerializationException(exception.Message, innerException: exception);
        }
    }
}
