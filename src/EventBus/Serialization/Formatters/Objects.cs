using System.Collections;
using System.ComponentModel;
using System.Globalization;
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
        => WriteAny(ref writer, value ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public object Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return default(EventValueFormatter).Read(ref reader) is { Kind: not EventValueKind.Null } value
            ? value
            : throw new EventSerializationException("Expected a value, found null.", position);
    }

    // The writer limits the depth, so a list may contain itself.
    private static void WriteAny<TWriter>(ref TWriter writer, object? value)
        where TWriter : IValueWriter, allows ref struct
    {
        switch (value)
        {
            case JsonElement json:
                default(JsonElementFormatter).Write(ref writer, in json);
                break;
            case JsonDocument json:
                default(JsonDocumentFormatter).Write(ref writer, in json);
                break;
            case IEnumerable<KeyValuePair<string, object?>> map:
                WriteMap(ref writer, Distinct(map));
                break;
            case IEnumerable items and not (string or byte[]):
                WriteItems(ref writer, [.. items.Cast<object?>()]);
                break;
            default:
                default(EventValueFormatter).Write(ref writer, ToValue(value));
                break;
        }
    }

    private static EventValue ToValue(object? value) => value switch
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
        _ => throw new EventSerializationException(
            $"An object of type '{value.GetType()}' needs reflection. Declare its own type, or convert it to an EventValue."),
    };

    // If a key occurs twice, the last value takes the place of the first, as in an EventValue.
    private static OrderedDictionary<string, object?> Distinct(IEnumerable<KeyValuePair<string, object?>> map)
    {
        var members = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in map)
            members[key ?? throw new EventSerializationException("A key of a map is null.")] = value;
        return members;
    }

    private static void WriteMap<TWriter>(ref TWriter writer, OrderedDictionary<string, object?> members)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(members.Count);
        foreach (var (key, value) in members)
        {
            writer.WriteKey(key);
            WriteAny(ref writer, value);
        }

        writer.EndMap();
    }

    private static void WriteItems<TWriter>(ref TWriter writer, List<object?> items)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(items.Count);
        foreach (var item in items)
            WriteAny(ref writer, item);
        writer.EndArray();
    }
}
