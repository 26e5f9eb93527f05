using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>What somebody has reached.</summary>
public sealed class Achievement
{
    /// <summary>Its name.</summary>
    [MaxLength(60)]
    public required string Name { get; init; }

    /// <summary>How rare it is: its name on the wire, although the enum has numbers elsewhere.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Rarity>))]
    public Rarity Rarity { get; init; }

    /// <summary>What leads up to it.</summary>
    [MaxLength(5)]
    public IReadOnlyList<Achievement> After { get; init; } = [];
}
