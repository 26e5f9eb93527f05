using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace EventBus;

/// <summary>Writes values for people: compact JSON, with a description of binary and timestamps.</summary>
internal static class EventValueText
{
    public static string Of(in EventValue value)
    {
        var text = new StringBuilder();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, in EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.Null:
                text.Append("null");
                break;
            case EventValueKind.Boolean:
                text.Append(value.GetBoolean() ? "true" : "false");
                break;
            case EventValueKind.Integer when value.IsUnsigned:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetUInt64()}");
                break;
            case EventValueKind.Integer:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetInt64()}");
                break;
            case EventValueKind.Float:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetDouble()}");
                break;
            case EventValueKind.String:
                AppendQuoted(text, value.GetString());
                break;
            case EventValueKind.Binary:
                text.Append(CultureInfo.InvariantCulture, $"<{value.GetBinary().Length} bytes>");
                break;
            case EventValueKind.Timestamp:
                text.Append(CultureInfo.InvariantCulture, $"{value.GetTimestamp():O}");
                break;
            case EventValueKind.Array:
                AppendArray(text, value.ItemSpan);
                break;
            default:
                AppendMap(text, value.Map.Members);
                break;
        }
    }

    private static void AppendArray(StringBuilder text, ReadOnlySpan<EventValue> items)
    {
        text.Append('[');
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(text, items[i]);
        }

        text.Append(']');
    }

    private static void AppendMap(StringBuilder text, ReadOnlySpan<KeyValuePair<string, EventValue>> members)
    {
        text.Append('{');
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
                text.Append(',');
            AppendQuoted(text, members[i].Key);
            text.Append(':');
            Append(text, members[i].Value);
        }

        text.Append('}');
    }

    private static void AppendQuoted(StringBuilder text, string value) =>
        text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)).Append('"');
}
