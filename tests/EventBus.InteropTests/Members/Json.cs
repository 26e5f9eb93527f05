using System.Text.Json;
using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>Values as they are written on the lines.</summary>
internal static class Json
{
    private const int LongestPrinted = 200;

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(static text => JsonValue.Create(text))];

    public static JsonObject Binary(params ReadOnlySpan<byte> bytes) => new() { ["$bin"] = Convert.ToHexStringLower(bytes) };

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>Asserts that an array holds exactly these values, in any order.</summary>
    public static void AssertHolds(string expected, JsonElement array)
    {
        var rest = array.EnumerateArray().ToList();
        foreach (var value in Parse(expected).EnumerateArray())
        {
            var index = rest.FindIndex(other => JsonElement.DeepEquals(value, other));
            if (index < 0)
                Assert.Fail($"There should be {Brief(expected)}, but there is {Brief(array.GetRawText())}");
            rest.RemoveAt(index);
        }

        Assert.True(rest.Count == 0, $"There should be no more than {Brief(expected)}, but there is {Brief(array.GetRawText())}");
    }

    /// <summary>The beginning of a text that may be long.</summary>
    public static string Brief(string text) => text.Length <= LongestPrinted ? text : $"{text[..LongestPrinted]}…";
}
