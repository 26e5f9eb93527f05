using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>What a socket begins with.</summary>
internal sealed record SocketSettings
{
    public string[] Rooms { get; init; } = [];

    public JsonNode? Data { get; init; }

    /// <summary>What it answers to events that ask for an answer; null: nothing.</summary>
    public JsonNode? Reply { get; init; }

    /// <summary>How long it takes to answer.</summary>
    public int DelayMs { get; init; }
}
