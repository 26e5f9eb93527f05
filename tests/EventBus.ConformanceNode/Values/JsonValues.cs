using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.ConformanceNode.Values;

/// <summary>
/// The values of events in the driver's protocol: plain JSON, <c>{"$bin":hex}</c> for binary, and ISO 8601 text for a timestamp.
/// </summary>
internal static class JsonValues
{
    private const string BinaryKey = "$bin";
    private const int MaxDepth = 1000;
    private const double TwoToThe63 = 9223372036854775808;

    /// <exception cref="ArgumentException">Binary is not hexadecimal, or a value is too deep.</exception>
    public static EventValue Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null => EventValue.Null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => ReadNumber(json),
        JsonValueKind.String => JsonText.Read(json),
        JsonValueKind.Array => EventValue.FromArray([.. json.EnumerateArray().Select(Read)]),
        JsonValueKind.Object when IsBinary(json, out var hex) => ReadBinary(hex),
        JsonValueKind.Object => EventValue.FromMap([.. json.EnumerateObject().Select(ReadMember)]),
        _ => throw new ArgumentException($"A value cannot be {json.ValueKind}."),
    };

    public static JsonNode? ToNode(EventValue value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { MaxDepth = MaxDepth }))
            Write(json, value);
        return JsonNode.Parse(buffer.WrittenSpan, documentOptions: new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    public static void Write(Utf8JsonWriter json, EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.Null:
                json.WriteNullValue();
                break;
            case EventValueKind.Boolean:
                json.WriteBooleanValue(value.GetBoolean());
                break;
            case EventValueKind.Integer when value.GetDouble() >= TwoToThe63:
                json.WriteNumberValue(value.GetUInt64());
                break;
            case EventValueKind.Integer:
                json.WriteNumberValue(value.GetInt64());
                break;
            case EventValueKind.Float when double.IsFinite(value.GetDouble()):
                json.WriteNumberValue(value.GetDouble());
                break;
            case EventValueKind.Float:
                json.WriteNullValue();
                break;
            case EventValueKind.String:
                json.WriteStringValue(value.GetString());
                break;
            case EventValueKind.Timestamp:
                json.WriteStringValue(value.GetTimestamp().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case EventValueKind.Binary:
                json.WriteStartObject();
                json.WriteString(BinaryKey, Convert.ToHexStringLower(value.GetBinary().Span));
                json.WriteEndObject();
                break;
            case EventValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.Items)
                    Write(json, item);
                json.WriteEndArray();
                break;
            case EventValueKind.Map:
                json.WriteStartObject();
                foreach (var (key, member) in value.Members)
                {
                    json.WritePropertyName(key);
                    Write(json, member);
                }

                json.WriteEndObject();
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value.Kind, null);
        }
    }

    private static KeyValuePair<string, EventValue> ReadMember(JsonProperty member) => new(JsonText.ReadName(member), Read(member.Value));

    // Not one conditional expression, which would convert every branch to double.
    private static EventValue ReadNumber(JsonElement json)
    {
        if (json.TryGetInt64(out var integer))
            return integer;
        if (json.TryGetUInt64(out var unsigned))
            return unsigned;
        return json.GetDouble();
    }

    private static bool IsBinary(JsonElement json, out JsonElement hex)
    {
        hex = default;
        if (json.GetPropertyCount() != 1)
            return false;
        var only = json.EnumerateObject().First();
        hex = only.Value;
        return hex.ValueKind == JsonValueKind.String && JsonText.ReadName(only) == BinaryKey;
    }

    private static EventValue ReadBinary(JsonElement hex)
    {
        try
        {
            return Convert.FromHexString(JsonText.Read(hex));
        }
        catch (FormatException exception)
        {
            throw new ArgumentException($"'{BinaryKey}' must be hex digits.", exception);
        }
    }
}
