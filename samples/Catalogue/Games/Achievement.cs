using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>An achievement of a player.</summary>
public sealed class Achievement
{
    /// <summary>The name.</summary>
    [MaxLength(60)]
    public required string Name { get; init; }

    /// <summary>The rarity: a name on the wire, although the enum is a number elsewhere.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<Rarity>))]
    public Rarity Rarity { get; init; }

    /// <summary>The achievements that lead up to it.</summary>
    [MaxLength(5)]
    public IReadOnlyList<Achievement> After { get; init; } = [];
}
