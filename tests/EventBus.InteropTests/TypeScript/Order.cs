using System.Text.Json.Serialization;

namespace EventBus.InteropTests.TypeScript;

/// <summary>An object with what members can have.</summary>
public sealed record Order(Guid Id, IReadOnlyList<string> Articles, Size Size, string? Note)
{
    /// <summary>Left out where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Coupon { get; init; }

    /// <summary>A number on the wire.</summary>
    public Urgency Urgency { get; init; }
}
