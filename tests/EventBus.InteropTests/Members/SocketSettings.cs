using System.Text.Json.Nodes;

namespace EventBus.InteropTests.Members;

/// <summary>The initial settings of a socket.</summary>
internal sealed record SocketSettings
{
    public string[] Rooms { get; init; } = [];

    public JsonNode? Data { get; init; }

    /// <summary>Its ack of events that request one; null: none.</summary>
    public JsonNode? Reply { get; init; }

    /// <summary>The delay of its ack.</summary>
    public int DelayMs { get; init; }
}
