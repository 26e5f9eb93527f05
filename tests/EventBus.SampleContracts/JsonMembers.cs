using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Attributes of System.Text.Json.</summary>
public sealed class JsonMembers
{
    /// <summary>Must be there, although nothing in C# says so.</summary>
    [JsonRequired]
    public int Id { get; set; }

    /// <summary>Must be there, and may be null.</summary>
    [JsonRequired]
    public string? Note { get; set; }

    /// <summary>On the wire although it is internal.</summary>
    [JsonInclude]
    internal int Weight { get; set; }

    /// <summary>Not on the wire, as nothing includes it.</summary>
    internal int Hidden { get; set; } = 1;
}
