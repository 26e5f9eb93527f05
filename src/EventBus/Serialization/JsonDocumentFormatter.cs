using System.Text.Json;

namespace EventBus.Serialization;

/// <summary>Any JSON value as a <see cref="JsonDocument"/>; see <see cref="JsonElementFormatter"/>. A document that was read holds no memory that must be given back: it need not be disposed.</summary>
public readonly struct JsonDocumentFormatter : IFormatter<JsonDocument>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in JsonDocument value)
        where TWriter : IValueWriter, allows ref struct
        => default(JsonElementFormatter).Write(ref writer, (value ?? throw NullValue.NotAllowed()).RootElement);

    /// <inheritdoc/>
    public JsonDocument Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => JsonDocument.Parse(JsonElementFormatter.ReadText(ref reader), JsonElementFormatter.Options);
}
