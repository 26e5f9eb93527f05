using System.Collections;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventBus.Serialization;

/// <summary>
/// Objects of any type that needs no reflection: simple values, JSON, binary, points in time, maps with text keys, and collections of
/// these. It always reads an <see cref="EventValue"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObjectFormatter : IFormatter<object>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in object value)
        where TWriter : IValueWriter, allows ref struct
        => default(EventValueFormatter).Write(ref writer, ToValue(value ?? throw NullValue.NotAllowed()));

    /// <inheritdoc/>
    public object Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return default(EventValueFormatter).Read(ref reader) is { Kind: not EventValueKind.Null } value
            ? value
            : throw new EventSerializationException("Expected a value, found null.", position);
    }

    private static EventValue ToValue(object value)
    {
        try
        {
            return ToValue(value, 0);
        }
        catch (ArgumentException exception)
        {
            throw new EventSerializationException(exception.Message, innerException: exception);
        }
    }

    private static EventValue ToValue(object? value, int depth) => value switch
    {
        null => EventValue.Null,
        EventValue any => any,
        bool boolean => boolean,
        string text => text,
        char letter => letter.ToString(),
        sbyte or short or int or long => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        byte or ushort or uint or ulong => Convert.ToUInt64(value, CultureInfo.InvariantCulture),
        double number => number,
        float number => NumberText.ToDouble(number),
        decimal number => number.ToString(CultureInfo.InvariantCulture),
        Guid id => id.ToString(),
        DateTime time => time,
        DateTimeOffset time => time,
        byte[] bytes => bytes,
        ReadOnlyMemory<byte> bytes => bytes,
        Memory<byte> bytes => (ReadOnlyMemory<byte>)bytes,
        JsonElement json => JsonElementFormatter.ToValue(json),
        JsonDocument json => JsonElementFormatter.ToValue(json.RootElement),
        IEnumerable<KeyValuePair<string, object?>> map => FromMap(map, Deeper(depth)),
        IEnumerable items => FromItems(items, Deeper(depth)),
        _ => throw new EventSerializationException(
            $"An object of type '{value.GetType()}' needs reflection. Declare its own type, or convert it to an EventValue."),
    };

    private static EventValue FromMap(IEnumerable<KeyValuePair<string, object?>> map, int depth)
    {
        var members = new List<KeyValuePair<string, EventValue>>();
        foreach (var (key, value) in map)
            members.Add(new(key, ToValue(value, depth)));
        return EventValue.FromMap(CollectionsMarshal.AsSpan(members));
    }

    private static EventValue FromItems(IEnumerable items, int depth)
    {
        var values = new List<EventValue>();
        foreach (var item in items)
            values.Add(ToValue(item, depth));
        return EventValue.FromArray(CollectionsMarshal.AsSpan(values));
    }

    // Checked before the items, because a list may contain itself.
    private static int Deeper(int depth) => depth < SerializationLimits.MaxDepth ? depth + 1 : throw SerializationLimits.TooDeep();
}

/// <summary>
/// Any JSON value as a <see cref="JsonElement"/>. A timestamp is read as its JSON text. Binary cannot be read, because JSON has no form for
/// it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct JsonElementFormatter : IFormatter<JsonElement>
{
    /// <summary>The maximum depth of values on the wire.</summary>
    internal static readonly JsonDocumentOptions Options = new() { MaxDepth = SerializationLimits.MaxDepth };

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in JsonElement value)
        where TWriter : IValueWriter, allows ref struct
        => default(EventValueFormatter).Write(ref writer, ToValue(value));

    /// <inheritdoc/>
    public JsonElement Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => JsonElement.Parse(ReadText(ref reader), Options);

    /// <summary>Returns the next value as JSON text, which does not depend on the encoding.</summary>
    internal static byte[] ReadText<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var value = default(EventValueFormatter).Read(ref reader);
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        default(EventValueFormatter).Write(ref writer, in value);
        return writer.MetBinary
            ? throw new EventSerializationException(
                "The value contains binary, which JSON cannot hold. Declare it as an EventValue.", position)
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
