using System.Text.Json;

namespace EventBus.SampleContracts;

/// <summary>Any JSON value, with each type that can hold one.</summary>
[BroadcastEvent]
public interface IAnyEvents
{
    /// <summary>Objects.</summary>
    void Objects(object value, object? nothing);

    /// <summary>Parsed JSON.</summary>
    void Json(JsonElement element, JsonDocument document);

    /// <summary>Values.</summary>
    void Values(EventValue value, IReadOnlyDictionary<string, object?> map);
}
