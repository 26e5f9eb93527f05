using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Attributes of System.Text.Json.</summary>
public sealed class JsonMembers
{
    /// <summary>Required by an attribute, not by C#.</summary>
    [JsonRequired]
    public int Id { get; set; }

    /// <summary>Required, and may be null.</summary>
    [JsonRequired]
    public string? Note { get; set; }

    /// <summary>Sent, although it is internal.</summary>
    [JsonInclude]
    internal int Weight { get; set; }

    /// <summary>Not sent, because no attribute includes it.</summary>
    internal int Hidden { get; set; } = 1;
}
