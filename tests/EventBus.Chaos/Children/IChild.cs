using System.Text.Json.Nodes;

namespace EventBus.Chaos.Children;

/// <summary>A process that the director commands.</summary>
internal interface IChild : IDisposable
{
    Task<JsonNode?> ExecuteAsync(string op, JsonObject command);
}
