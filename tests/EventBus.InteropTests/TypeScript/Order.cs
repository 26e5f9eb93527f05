using System.Text.Json.Serialization;

namespace EventBus.InteropTests.TypeScript;

/// <summary>An object with all kinds of members.</summary>
public sealed record Order(Guid Id, IReadOnlyList<string> Articles, Size Size, string? Note)
{
    /// <summary>Left out if it is null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Coupon { get; init; }

    /// <summary>A number on the wire.</summary>
    public Urgency Urgency { get; init; }
}
