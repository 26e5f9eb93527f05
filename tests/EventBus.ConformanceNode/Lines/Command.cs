using System.Text.Json;
using EventBus.ConformanceNode.Values;

namespace EventBus.ConformanceNode.Lines;

/// <summary>
/// One command: its id, its name and its fields. A field of another type causes an <see cref="ArgumentException"/>.
/// </summary>
internal sealed class Command(JsonElement fields)
{
    // The values of an event may have the greatest depth of the bus. The command adds an object and an array.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    public JsonElement Id => fields.GetProperty("id");

    public string Op => Text("op");

    public bool IsStop => Find("op") is { ValueKind: JsonValueKind.String } op && op.ValueEquals("stop");

    public string Namespace => TextOr("nsp", EventBusDefaults.Namespace);

    /// <exception cref="JsonException">The line is not a JSON object with an id.</exception>
    public static Command Parse(string line)
    {
        using var document = JsonDocument.Parse(line, Deep);
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("id", out _))
            throw new JsonException("A command is a JSON object with an 'id'.");
        return new(document.RootElement.Clone());
    }

    public bool Has(string field) => Find(field) is not null;

    public string Text(string field) =>
        Find(field) is { } value ? AsText(field, value) : throw new ArgumentException($"'{field}' is missing.");

    public string[] Texts(string field) => Find(field) is { } value ? [.. Items(field, value).Select(item => AsText(field, item))] : [];

    public EventValue Value(string field) => Find(field) is { } value ? JsonValues.Read(value) : default;

    public EventValue[] Values(string field) => Find(field) is { } value ? [.. Items(field, value).Select(JsonValues.Read)] : [];

    /// <summary>A required boolean.</summary>
    public bool Boolean(string field) => Find(field) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new ArgumentException($"'{field}' must be true or false."),
    };

    /// <summary>A duration; zero if the field is missing.</summary>
    public TimeSpan Milliseconds(string field)
    {
        if (Find(field) is not { } value)
            return TimeSpan.Zero;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var milliseconds) && milliseconds >= 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new ArgumentException($"'{field}' must be a number of milliseconds.");
    }

    /// <summary>A required array of objects, which are read as strictly.</summary>
    public Command[] Objects(string field) => Find(field) is { } value
        ? [.. Items(field, value).Select(item => AsObject(field, item))]
        : throw new ArgumentException($"'{field}' is missing.");

    /// <summary>A boolean; false if the field is missing.</summary>
    public bool Flag(string field) => Has(field) && Boolean(field);

    /// <summary>A duration; null if the field is missing.</summary>
    public TimeSpan? OptionalMilliseconds(string field) => Has(field) ? Milliseconds(field) : null;

    /// <summary>The members of an object with boolean members only.</summary>
    public IEnumerable<(string Name, bool Value)> Booleans(string field)
    {
        if (Find(field) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Object)
            throw new ArgumentException($"'{field}' must be an object.");
        return value.EnumerateObject().Select(member => member.Value.ValueKind switch
        {
            JsonValueKind.True => (member.Name, true),
            JsonValueKind.False => (member.Name, false),
            _ => throw new ArgumentException($"'{field}.{member.Name}' must be true or false."),
        });
    }

    private string TextOr(string field, string otherwise) => Has(field) ? Text(field) : otherwise;

    private JsonElement? Find(string field) => fields.TryGetProperty(field, out var value) ? value : null;

    private static string AsText(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonText.Read(value) : throw new ArgumentException($"'{field}' must be text.");

    private static Command AsObject(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Object ? new(value) : throw new ArgumentException($"'{field}' must contain objects only.");

    private static JsonElement.ArrayEnumerator Items(string field, JsonElement value) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new ArgumentException($"'{field}' must be an array.");
}
