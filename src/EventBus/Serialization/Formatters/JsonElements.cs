using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventBus.Serialization;

/// <summary>
/// Any JSON value as a <see cref="JsonElement"/>. In JSON a number keeps its text; MessagePack has its value, and a number without a form
/// in MessagePack cannot be written. A key that occurs twice is written and read twice. A timestamp is read as its JSON text. Binary
/// cannot be read, because JSON has no form for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonElementFormatter : IFormatter<JsonElement>
{
    /// <summary>The maximum depth of values on the wire.</summary>
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = SerializationLimits.MaxDepth };

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in JsonElement value)
        where TWriter : IValueWriter, allows ref struct
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                writer.WriteNull();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.WriteBoolean(value.ValueKind == JsonValueKind.True);
                break;
            case JsonValueKind.Number:
                writer.WriteNumber(JsonMarshal.GetRawUtf8Value(value));
                break;
            case JsonValueKind.String:
                writer.WriteString(Text(value, static element => element.GetString()!));
                break;
            case JsonValueKind.Array:
                WriteArray(ref writer, value);
                break;
            case JsonValueKind.Object:
                WriteObject(ref writer, value);
                break;
            default:
                throw new EventSerializationException("The JSON element is undefined: it belongs to no document.");
        }
    }

    /// <inheritdoc/>
    public JsonElement Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => JsonElement.Parse(ReadText(ref reader), Options);

    /// <summary>Returns the next value as JSON text.</summary>
    internal static byte[] ReadText<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        var left = SerializationLimits.MaxValues;
        Copy(ref reader, ref writer, ref left);
        return buffer.WrittenSpan.ToArray();
    }

    private void WriteArray<TWriter>(ref TWriter writer, JsonElement array)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
            Write(ref writer, in item);
        writer.EndArray();
    }

    private void WriteObject<TWriter>(ref TWriter writer, JsonElement map)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(map.GetPropertyCount());
        foreach (var member in map.EnumerateObject())
        {
            writer.WriteKey(Text(member, static property => property.Name));
            Write(ref writer, member.Value);
        }

        writer.EndMap();
    }

    private static string Text<T>(T source, Func<T, string> read)
    {
        try
        {
            return read(source);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            throw new EventSerializationException("A text in the JSON contains a lone surrogate.", innerException: exception);
        }
    }

    private static void Copy<TReader>(ref TReader reader, ref JsonValueWriter writer, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        if (--left < 0)
            throw SerializationLimits.TooManyValues(reader.Position);
        switch (reader.Kind)
        {
            case ValueKind.Null:
                reader.TryReadNull();
                writer.WriteNull();
                break;
            case ValueKind.Boolean:
                writer.WriteBoolean(reader.ReadBoolean());
                break;
            case ValueKind.Integer or ValueKind.Float:
                CopyNumber(ref reader, ref writer);
                break;
            case ValueKind.String:
                writer.WriteUtf8(reader.ReadUtf8());
                break;
            case ValueKind.Timestamp:
                writer.WriteTimestamp(reader.ReadTimestamp());
                break;
            case ValueKind.Array:
                CopyArray(ref reader, ref writer, ref left);
                break;
            case ValueKind.Map:
                CopyMap(ref reader, ref writer, ref left);
                break;
            case ValueKind.Binary:
                throw new EventSerializationException(
                    "The value contains binary, which JSON cannot hold. Declare it as an EventValue.", reader.Position);
            default:
                throw new EventSerializationException("An extension that is not a timestamp stands for no value.", reader.Position);
        }
    }

    private static void CopyNumber<TReader>(ref TReader reader, ref JsonValueWriter writer)
        where TReader : IValueReader, allows ref struct
    {
        var text = reader.ReadNumber();
        if (text.IsEmpty)
            writer.WriteNull();
        else
            writer.WriteNumber(text);
    }

    private static void CopyArray<TReader>(ref TReader reader, ref JsonValueWriter writer, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginArray();
        writer.BeginArray(0);
        while (reader.MoveNext(ref cursor))
            Copy(ref reader, ref writer, ref left);
        writer.EndArray();
    }

    private static void CopyMap<TReader>(ref TReader reader, ref JsonValueWriter writer, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginMap();
        writer.BeginMap(0);
        while (reader.MoveNext(ref cursor))
        {
            writer.WriteKey(reader.ReadKey());
            Copy(ref reader, ref writer, ref left);
        }

        writer.EndMap();
    }
}

/// <summary>
/// Any JSON value as a <see cref="JsonDocument"/>; see <see cref="JsonElementFormatter"/>. You need not dispose a document that was read:
/// it has no pooled memory.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
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
