using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>Values as they stand on the lines.</summary>
internal static class Json
{
    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(static text => JsonValue.Create(text))];

    public static JsonObject Binary(params ReadOnlySpan<byte> bytes) => new() { ["$bin"] = Convert.ToHexStringLower(bytes) };

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Whether both arrays hold equal values, in whatever order.</summary>
    public static bool HoldSame(IEnumerable<JsonElement> first, IEnumerable<JsonElement> second)
    {
        var rest = second.ToList();
        foreach (var value in first)
        {
            var index = rest.FindIndex(other => JsonElement.DeepEquals(value, other));
            if (index < 0)
                return false;
            rest.RemoveAt(index);
        }

        return rest.Count == 0;
    }
}
