using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.Benchmarks.Direction;

namespace EventBus.Benchmarks.Reporting;

/// <summary>All runs as JSON, those with foreign load included.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Describe(Machine machine, IReadOnlyList<GroupResult> results) => new JsonObject
    {
        ["machine"] = JsonSerializer.SerializeToNode(machine, JsonSerializerOptions.Web),
        ["groups"] = new JsonArray([.. results.Select(Describe)]),
    }.ToJsonString(Readable);

    private static JsonObject Describe(GroupResult result) => new()
    {
        ["name"] = result.Group.Name,
        ["title"] = result.Group.Title,
        ["rounds"] = new JsonArray([.. result.Rounds.Select(Describe)]),
        ["goals"] = new JsonArray([.. result.Group.Goals.Select(goal => Describe(goal, result))]),
        ["failures"] = new JsonArray([.. result.Failures.Select(static failure => JsonValue.Create(failure))]),
    };

    private static JsonObject Describe(Round round) =>
        new(round.Samples.Select(static sample => KeyValuePair.Create<string, JsonNode?>(sample.Key, Describe(sample.Value))));

    private static JsonObject Describe(Sample sample)
    {
        var values = new JsonObject { ["foreign"] = sample.Foreign };
        foreach (var (metric, value) in sample.Values)
            values[JsonNamingPolicy.CamelCase.ConvertName($"{metric}")] = value;
        return values;
    }

    private static JsonObject Describe(Goal goal, GroupResult result) => new()
    {
        ["name"] = goal.Name,
        ["wanted"] = goal.Wanted,
        ["isLeast"] = goal.IsLeast,
        ["rounds"] = new JsonArray([.. result.Rounds.Select(round =>
            goal.Measure(round) is { } value && double.IsFinite(value) ? JsonValue.Create(value) : null)]),
    };
}
