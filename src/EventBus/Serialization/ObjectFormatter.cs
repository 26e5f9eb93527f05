using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace EventBus.Serialization;

/// <summary>
/// Objects of any type that a JSON value can be made of without reflection: simple values, JSON, binary, points in time, maps with text keys, and collections of these.
/// What is read is an <see cref="EventValue"/>, whatever was written.
/// </summary>
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
            $"An object of type '{value.GetType()}' has no form on the wire that could be found without reflection. Declare its own type, or make an EventValue of it."),
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

    // Before going down: a list may hold itself.
    private static int Deeper(int depth) => depth < SerializationLimits.MaxDepth ? depth + 1 : throw SerializationLimits.TooDeep();
}
