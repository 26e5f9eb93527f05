using System.Text.Json;

namespace EventBus;

/// <summary>Converts parsed JSON to values.</summary>
internal static class EventValueJson
{
    public static EventValue Read(JsonElement json)
    {
        try
        {
            return Read(json, 0);
        }
        catch (InvalidOperationException exception)
        {
            throw new ArgumentException("A text in the JSON contains a lone surrogate.", nameof(json), exception);
        }
    }

    private static EventValue Read(JsonElement json, int depth) => json.ValueKind switch
    {
        JsonValueKind.Null => EventValue.Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ReadNumber(json),
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Array => ReadArray(json, Deeper(depth)),
        JsonValueKind.Object => ReadMap(json, Deeper(depth)),
        _ => throw new ArgumentException("The JSON element is undefined: it belongs to no document.", nameof(json)),
    };

    private static EventValue ReadNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var signed))
            return signed;
        if (json.TryGetUInt64(out var unsigned))
            return unsigned;
        return json.GetDouble() is var number && double.IsFinite(number)
            ? number
            : throw new ArgumentException("A number in the JSON is not within the range of a double. Send it as text.", nameof(json));
    }

    private static EventValue ReadArray(JsonElement json, int depth)
    {
        var items = new EventValue[json.GetArrayLength()];
        var i = 0;
        foreach (var item in json.EnumerateArray())
            items[i++] = Read(item, depth);
        return EventValue.FromArray(items);
    }

    private static EventValue ReadMap(JsonElement json, int depth)
    {
        var members = new KeyValuePair<string, EventValue>[json.GetPropertyCount()];
        var i = 0;
        foreach (var member in json.EnumerateObject())
            members[i++] = new(member.Name, Read(member.Value, depth));
        return EventValue.FromMap(members);
    }

    // Checked on the way down, so that a deep document does not exhaust the stack.
    private static int Deeper(int depth) => depth < EventValue.MaxDepth
        ? depth + 1
        : throw new ArgumentException($"The JSON nests deeper than {EventValue.MaxDepth} arrays and objects.");
}
